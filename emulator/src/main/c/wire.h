/*
 * What the preloaded library and the server say to each other. A device descriptor is the client's end of a SOCK_SEQPACKET
 * connection to the server's abstract address; every call on it is one request, which carries its own reply channel, because
 * several threads and processes may call through one descriptor at once.
 */
#ifndef DRAY_WIRE_H
#define DRAY_WIRE_H

#include <linux/io_uring.h>
#include <stdint.h>

/* The server's abstract address, and the device files that it offers, separated by colons. */
#define DRAY_EMULATOR_ADDRESS "DRAY_EMULATOR"
#define DRAY_EMULATED_PATHS "DRAY_EMULATED"
#define DRAY_ADDRESS_BYTES 100
#define DRAY_PATH_BYTES 64

enum wire_op { WIRE_OPEN = 1, WIRE_STAT, WIRE_ACCESS, WIRE_IOCTL, WIRE_READ, WIRE_WRITE, WIRE_MMAP, WIRE_POLL };

/* WIRE_OPEN: a flags. WIRE_ACCESS: a mode, b whether effective ids count. WIRE_IOCTL: a number, b argument.
 * WIRE_READ: a address, b length, c offset or -1, d whether it must not block. WIRE_MMAP: a length, b prot, c flags, d offset. */
struct wire_request {
    uint32_t op;
    int32_t descriptor; /* the client's */
    uint64_t a, b, c, d;
    char path[DRAY_PATH_BYTES]; /* WIRE_OPEN, WIRE_STAT and WIRE_ACCESS */
};

/* PIN asks the client to register the ranges in the memfd that comes with it, and to answer with wire_pinned. */
enum wire_kind { WIRE_DONE = 1, WIRE_PIN };

struct wire_reply {
    uint32_t kind;
    uint32_t count;
    int64_t value; /* >= 0, or -errno */
    uint64_t extra;
};

/* Sent by the client on the reply channel. A blocked read that a signal interrupts sends one with ring -1. */
struct wire_pinned {
    int32_t error;
    int32_t ring;
    struct io_uring_params geometry;
};

#endif
