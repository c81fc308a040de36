/* The end of a run that called what crashes the genuine driver. */
#include <signal.h>
#include <stdarg.h>
#include <unistd.h>

#include "server.h"

pid_t trap_command;

_Noreturn void trap(const struct call *call, const char *hazard, const char *format, ...) {
    trace_trap(call, hazard);
    va_list arguments;
    va_start(arguments, format);
    flockfile(stderr);
    fprintf(stderr, "dray emulate: TRAP %s by process %d on %s: ", hazard, (int) call->pid, call->file->model->path);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\ndray emulate: the genuine driver would have harmed the kernel here; the run ends\n");
    va_end(arguments);
    kill(call->pid, SIGKILL);
    kill(trap_command, SIGKILL);
    _exit(TRAP_EXIT_CODE);
}
