package org.dray.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a test of the kit and names the rule that it checks. The method's name begins with the rule's id. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(RuleExtension.class)
@SuppressWarnings("exports") // the extension belongs to the kit, the annotation shows in its Javadoc only
public @interface Verifies {
    /**
     * The rule.
     *
     * @return which one
     */
    Rule value();
}
