/* mmap and its family. None of these calls answers EINTR. */
#include <sys/mman.h>

#include "native.h"
#include "org_dray_linux_Memory.h"

SAME(Memory, PROT_NONE);
SAME(Memory, PROT_READ);
SAME(Memory, PROT_WRITE);
SAME(Memory, PROT_EXEC);
SAME(Memory, MAP_SHARED);
SAME(Memory, MAP_PRIVATE);
SAME(Memory, MAP_FIXED);
SAME(Memory, MAP_ANONYMOUS);
SAME(Memory, MAP_NORESERVE);
SAME(Memory, MAP_POPULATE);
SAME(Memory, MAP_HUGETLB);
SAME(Memory, MREMAP_MAYMOVE);
SAME(Memory, MREMAP_FIXED);
SAME(Memory, MADV_DONTNEED);
SAME(Memory, MADV_FREE);
SAME(Memory, MADV_REMOVE);
SAME(Memory, MADV_DONTFORK);
SAME(Memory, MADV_DOFORK);
SAME(Memory, MADV_HUGEPAGE);
SAME(Memory, MADV_NOHUGEPAGE);

/* Newer than the headers this may be built with: the numbers are the kernel's (mman-common.h of 5.14 and of 6.1). */
#ifdef MADV_POPULATE_READ
SAME(Memory, MADV_POPULATE_READ);
SAME(Memory, MADV_POPULATE_WRITE);
#endif
#ifdef MADV_COLLAPSE
SAME(Memory, MADV_COLLAPSE);
#endif
#ifdef MAP_FIXED_NOREPLACE
SAME(Memory, MAP_FIXED_NOREPLACE);
#endif

static jlong mapping_result(void *mapped) {
    return mapped != MAP_FAILED ? (jlong) (uintptr_t) mapped : -(jlong) errno;
}

NATIVE(jlong, mmap0)
(UNUSED_JNI, jlong address, jlong length, jint protection, jint flags, jint fd, jlong offset) {
    return mapping_result(mmap(pointer(address), (size_t) length, protection, flags, fd, offset));
}

NATIVE(jint, munmap0)(UNUSED_JNI, jlong address, jlong length) {
    return int_result(munmap(pointer(address), (size_t) length));
}

NATIVE(jlong, mremap0)
(UNUSED_JNI, jlong address, jlong old_length, jlong new_length, jint flags, jlong new_address) {
    return mapping_result(
        mremap(pointer(address), (size_t) old_length, (size_t) new_length, flags, pointer(new_address)));
}

NATIVE(jint, madvise0)(UNUSED_JNI, jlong address, jlong length, jint advice) {
    return int_result(madvise(pointer(address), (size_t) length, advice));
}

NATIVE(jint, mprotect0)(UNUSED_JNI, jlong address, jlong length, jint protection) {
    return int_result(mprotect(pointer(address), (size_t) length, protection));
}
