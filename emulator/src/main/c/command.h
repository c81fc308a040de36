/* Whether a command would see emulated devices at all. */
#ifndef DRAY_COMMAND_H
#define DRAY_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* Looks the command up as execvp does. False: why not, in the buffer. */
bool command_is_usable(const char *command, char *why, size_t size);

#endif
