package org.dray.tck;

import java.lang.reflect.Method;
import org.dray.tck.Ledger.Mark;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs one test of the kit: gate, scene, body, leaks. It stands innermost, because the method's own annotation brings
 * it in, and it tells the ledger what it saw before anybody else can change it.
 */
final class RuleExtension implements InvocationInterceptor {
    RuleExtension() {}

    @Override
    public void interceptTestMethod(
            Invocation<Void> body, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        Rule rule = Rule.of(call.getExecutable()).orElseThrow();
        Kit kit = Kit.of(context);
        Ledger ledger = kit.ledger();
        String id = context.getUniqueId();
        ledger.mark(id, Mark.STARTED, "");
        try {
            String measured = kit.run(rule, id, (RuleGroup) context.getRequiredTestInstance(), body::proceed);
            ledger.mark(id, Mark.PASSED, measured);
        } catch (NotApplicable e) {
            ledger.mark(id, Mark.NOT_APPLICABLE, String.valueOf(e.getMessage()));
            throw e;
        } catch (TestAbortedException e) {
            ledger.mark(id, Mark.NOT_RUN, String.valueOf(e.getMessage()));
            throw e;
        } catch (Throwable e) {
            ledger.mark(id, Mark.FAILED, e.toString());
            throw rule.level() == Level.SHOULD ? new Missed(e) : e;
        }
    }
}
