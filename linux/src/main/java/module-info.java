/**
 * The Linux system calls that Dray's backends and its TCK need, and the only native code that ships with Dray.
 *
 * <p>Exported, but unsupported outside Dray: these classes check little, follow the needs of the backends, and change
 * without notice. The one library lies in this module's jar, so {@code --enable-native-access=org.dray.linux} is the
 * only permission that Dray ever asks for.
 */
module org.dray.linux {
    requires static org.jspecify;

    exports org.dray.linux;
}
