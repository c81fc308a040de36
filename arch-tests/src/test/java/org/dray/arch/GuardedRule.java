package org.dray.arch;

import com.tngtech.archunit.lang.ArchRule;

/** A rule over the classes of all modules, and the class in this module that breaks it on purpose. */
record GuardedRule(ArchRule rule, Class<?> planted) {
    @Override
    public String toString() {
        return rule.getDescription();
    }
}
