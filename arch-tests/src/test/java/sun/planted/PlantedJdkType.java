package sun.planted;

/** Stands for a type of the JDK's own, which javac would warn about. */
public interface PlantedJdkType {}
