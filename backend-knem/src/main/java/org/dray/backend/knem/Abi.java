package org.dray.backend.knem;

/** Numbers of the driver's interface, version 0xd. The encoded directions are not Linux's own: nothing is derived. */
final class Abi {
    static final int VERSION = 0xd;

    static final long GET_INFO = 0x40104b10L;
    static final long CREATE_REGION = 0xc0204b21L;
    static final long DESTROY_REGION = 0x80084b22L;
    static final long COPY_BOUNDED = 0x80384b34L;
    static final long INLINE_COPY_BOUNDED = 0x80384b35L;

    static final int FEATURE_DMA = 0x1;

    static final int FLAG_DMA = 0x1;
    static final int FLAG_DMA_THREAD = 0x4;
    static final int FLAG_COPY_THREAD = 0x8;
    static final int FLAG_SINGLE_USE = 0x20;
    static final int FLAG_NOTIFY = 0x40;
    static final int FLAG_ANY_USER = 0x80;

    /** With any of these a copy needs a status array and an index in it. */
    static final int ANY_ASYNC = 0xe;

    static final int PROTECTION_NONE = 0;
    static final int PROTECTION_READ = 1;
    static final int PROTECTION_WRITE = 2;

    static final int PENDING = 0;
    static final int SUCCESS = 1;

    /** One page: the driver allocates too little for a longer status array, and overwrites its own memory. */
    static final int STATUS_SLOTS = 4096;

    /** Far below the 65 000 at which the driver's allocation fails with a warning of the kernel. */
    static final int MAX_SEGMENTS = 1024;

    private Abi() {}
}
