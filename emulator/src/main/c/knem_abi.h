/* The interface of /dev/knem, ABI 0xd, as numbers and offsets say it. The encoded directions are the driver's, not Linux habit. */
#ifndef DRAY_KNEM_ABI_H
#define DRAY_KNEM_ABI_H

#include <stddef.h>
#include <stdint.h>

#define CMD_GET_INFO UINT32_C(0x40104b10)
#define CMD_BIND_OFFLOAD UINT32_C(0x80104b11)
#define CMD_INIT_SEND UINT32_C(0xc0184b20)
#define CMD_CREATE_REGION UINT32_C(0xc0204b21)
#define CMD_DESTROY_REGION UINT32_C(0x80084b22)
#define CMD_INIT_ASYNC_RECV UINT32_C(0x80204b30)
#define CMD_SYNC_RECV UINT32_C(0x80204b31)
#define CMD_COPY UINT32_C(0x80304b32)
#define CMD_INLINE_COPY UINT32_C(0x80304b33)
#define CMD_COPY_BOUNDED UINT32_C(0x80384b34)
#define CMD_INLINE_COPY_BOUNDED UINT32_C(0x80384b35)

enum {
    FLAG_DMA = 0x1,
    FLAG_ASYNC_DMA_COMPLETE = 0x2,
    FLAG_DMA_THREAD = 0x4,
    FLAG_MEMCPY_THREAD = 0x8,
    FLAG_PIN_LOCAL = 0x10,
    FLAG_SINGLE_USE = 0x20,
    FLAG_NOTIFY_FD = 0x40,
    FLAG_ANY_USER_ACCESS = 0x80,
    ANY_THREAD = 0xc,
    ANY_ASYNC = 0xe,
    ANY_DMA = 0x7,
    ANY_CREATE = 0xa0,
    ANY_COPY = 0x5f
};

enum { BIND_CUSTOM = 0x1, BIND_CURRENT = 0x2, BIND_CURRENT_REVERSED = 0x4 };
enum { STATUS_PENDING = 0, STATUS_SUCCESS = 1, STATUS_FAILED = 2 };
enum { ABI_VERSION = 0xd, FEATURE_DMA = 0x1, REGION_READ = 1, REGION_WRITE = 2 };

struct info {
    uint32_t abi, features, ignored_flags, forced_flags;
};

struct bind_offload {
    uint32_t flags, mask_bytes;
    uint64_t mask;
};

struct range {
    uint64_t base, length;
};

struct create_region {
    uint64_t ranges;
    uint32_t range_count, flags, protection, unused;
    uint64_t cookie;
};

struct region_copy {
    uint64_t source, source_offset, destination, destination_offset;
    uint32_t flags, status, slot, unused;
};

struct region_copy_bounded {
    uint64_t source, source_offset, destination, destination_offset, length;
    uint32_t flags, status, slot, unused;
};

struct inline_copy {
    uint64_t ranges;
    uint32_t range_count, write;
    uint64_t remote, remote_offset;
    uint32_t flags, status, slot, unused;
};

struct inline_copy_bounded {
    uint64_t ranges;
    uint32_t range_count, write;
    uint64_t remote, remote_offset, length;
    uint32_t flags, status, slot, unused;
};

struct init_send {
    uint64_t ranges;
    uint32_t range_count, flags;
    uint64_t cookie;
};

struct old_receive {
    uint64_t ranges;
    uint32_t range_count, status_or_slot;
    uint64_t cookie;
    uint32_t flags, unused;
};

_Static_assert(sizeof(struct info) == 16 && sizeof(struct bind_offload) == 16 && sizeof(struct range) == 16, "sizes");
_Static_assert(sizeof(struct create_region) == 32 && offsetof(struct create_region, cookie) == 24, "create_region");
_Static_assert(sizeof(struct region_copy) == 48 && offsetof(struct region_copy, status) == 36, "region_copy");
_Static_assert(sizeof(struct region_copy_bounded) == 56 && offsetof(struct region_copy_bounded, status) == 44, "bounded");
_Static_assert(sizeof(struct inline_copy) == 48 && offsetof(struct inline_copy, status) == 36, "inline_copy");
_Static_assert(sizeof(struct inline_copy_bounded) == 56 && offsetof(struct inline_copy_bounded, status) == 44, "bounded");
_Static_assert(sizeof(struct init_send) == 24 && sizeof(struct old_receive) == 32, "old interface");

#endif
