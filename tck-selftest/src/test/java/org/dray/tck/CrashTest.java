package org.dray.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.FilterResult.includedIf;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dray.RegionToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.io.TempDir;

/** A rule that crashes never ends in a certificate, whether it takes the JVM with it or not. */
class CrashTest {
    private static final int HALTED = 77;

    @TempDir
    private Path directory;

    static class ThrowingTck extends BackendTck {
        private record Throwing() implements BackendFixture, Subject {
            @Override
            public String backendId() {
                return MutantProvider.ID;
            }

            @Override
            public RegionToken parseToken(byte[] bytes) {
                throw new StackOverflowError("too deep");
            }
        }

        @Override
        protected BackendFixture fixture() {
            return new Throwing();
        }
    }

    @Test
    void errorOfTheJvmIsAFailure() {
        Certificate certificate = EncodingsRun.of(ThrowingTck.class, directory);
        Certificate.RuleResult result = EncodingsRun.result(certificate, Rule.TOK_01);
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reason()).contains("unexpected java.lang.StackOverflowError: too deep");
        assertThat(certificate.verdict()).isEqualTo(Verdict.FAILED);
    }

    static final class Halting implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> body, ReflectiveInvocationContext<Method> call, ExtensionContext context)
                throws Throwable {
            body.proceed();
            Runtime.getRuntime().halt(HALTED);
        }
    }

    @ExtendWith(Halting.class)
    static class HaltingTck extends HarnessTck {}

    /** The program of the JVM that halts. */
    static final class HaltingMain {
        public static void main(String[] args) {
            Certification.run(
                    HaltingTck.class,
                    Path.of(args[0]),
                    new PrintWriter(Writer.nullWriter()),
                    it -> includedIf(!it.isTest() || it.getDisplayName().startsWith("tok01")));
        }
    }

    @Test
    void jvmThatHaltsWithinARuleLeavesNoCertificate() throws IOException, InterruptedException {
        Files.writeString(CertificateFiles.json(directory), "CERTIFIED, from an earlier run");
        Files.writeString(CertificateFiles.html(directory), "CERTIFIED, from an earlier run");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HaltingMain.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        try {
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).isEqualTo(HALTED);
            assertThat(directory).isEmptyDirectory();
        } finally {
            jvm.destroyForcibly();
        }
    }
}
