/* The version of the agreement between Native.java and this library; the loader compares it. */
#include "native.h"

NATIVE(jint, abiVersion0)(UNUSED_JNI) {
    return org_dray_linux_Native_ABI_VERSION;
}
