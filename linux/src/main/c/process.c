/* The process itself and its neighbours: signals, identity, program, limits. No call here answers EINTR. */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "native.h"
#include "org_dray_linux_Processes.h"
#include "org_dray_linux_Signals.h"
#include "org_dray_linux_Sysconf.h"

SAME(Signals, SIG_BLOCK);
SAME(Signals, SIG_UNBLOCK);
SAME(Signals, SIG_SETMASK);
SAME(Signals, SIGHUP);
SAME(Signals, SIGINT);
SAME(Signals, SIGQUIT);
SAME(Signals, SIGILL);
SAME(Signals, SIGTRAP);
SAME(Signals, SIGABRT);
SAME(Signals, SIGBUS);
SAME(Signals, SIGFPE);
SAME(Signals, SIGKILL);
SAME(Signals, SIGUSR1);
SAME(Signals, SIGSEGV);
SAME(Signals, SIGUSR2);
SAME(Signals, SIGPIPE);
SAME(Signals, SIGALRM);
SAME(Signals, SIGTERM);
SAME(Signals, SIGCHLD);
SAME(Signals, SIGCONT);
SAME(Signals, SIGSTOP);
SAME(Signals, SIGPROF);
SAME(Signals, SIGSYS);
_Static_assert(_NSIG == org_dray_linux_Signals_COUNT + 1, "Signals.COUNT");
SAME(Processes, PR_GET_DUMPABLE);
SAME(Processes, PR_SET_DUMPABLE);
SAME(Processes, PR_SET_NO_NEW_PRIVS);
SAME(Processes, PR_GET_NO_NEW_PRIVS);
SAME(Processes, PR_SET_PTRACER);
_Static_assert((unsigned long) org_dray_linux_Processes_PR_SET_PTRACER_ANY == PR_SET_PTRACER_ANY, "PR_SET_PTRACER_ANY");
SAME(Sysconf, _SC_OPEN_MAX);
SAME(Sysconf, _SC_PAGESIZE);
SAME(Sysconf, _SC_IOV_MAX);
SAME(Sysconf, _SC_NPROCESSORS_ONLN);
SAME(Sysconf, _SC_PHYS_PAGES);

/*
 * Of the calling thread. By number, because pthread_sigmask lives in libc.so only since 2.32. Both sets are the kernel's
 * 64 bits: signal n is bit n - 1.
 */
NATIVE(jint, signalMask0)(UNUSED_JNI, jint how, jlong set, jlong old_set) {
    return int_result((int) syscall(SYS_rt_sigprocmask, how, pointer(set), pointer(old_set), sizeof(uint64_t)));
}

/* Reads the disposition and never sets one: 0 is the default, 1 is "ignored", else the handler's address. */
NATIVE(jlong, signalHandler0)(UNUSED_JNI, jint signal) {
    struct sigaction current;
    if (sigaction(signal, NULL, &current) != 0) {
        return -(jlong) errno;
    }
    return (jlong) (uintptr_t) current.sa_handler;
}

NATIVE(jint, kill0)(UNUSED_JNI, jint pid, jint signal) {
    return int_result(kill(pid, signal));
}

/* Comes back only when it failed. */
NATIVE(jint, execve0)(UNUSED_JNI, jlong path, jlong arguments, jlong environment) {
    return int_result(execve(pointer(path), pointer(arguments), pointer(environment)));
}

NATIVE(jint, prctl0)(UNUSED_JNI, jint option, jlong second, jlong third, jlong fourth, jlong fifth) {
    return int_result(prctl(option, second, third, fourth, fifth));
}

NATIVE(jint, getuid0)(UNUSED_JNI) {
    return (jint) getuid();
}

NATIVE(jint, geteuid0)(UNUSED_JNI) {
    return (jint) geteuid();
}

/* -1 with errno untouched means "no limit". */
NATIVE(jlong, sysconf0)(UNUSED_JNI, jint name) {
    errno = 0;
    long value = sysconf(name);
    if (value == -1) {
        return errno == 0 ? org_dray_linux_Sysconf_NO_LIMIT : -(jlong) errno;
    }
    return value;
}
