package org.dray.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What the rules look at: the main classes of every module, and the violations planted beside the rules. */
final class Classes {
    private static final ImportOption HERE = location -> location.contains("/arch-tests/");

    static final JavaClasses OF_ALL_MODULES = importing(location -> !HERE.includes(location));
    static final JavaClasses PLANTED = importing(HERE);

    private Classes() {}

    private static JavaClasses importing(ImportOption option) {
        return new ClassFileImporter().withImportOption(option).importPackages("org.dray");
    }
}
