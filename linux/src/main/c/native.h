/* What every file of libdray.so shares: results as Java wants them, and the comparison of Java's constants with the headers'. */
#ifndef DRAY_NATIVE_H
#define DRAY_NATIVE_H

#include <errno.h>
#include <jni.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "org_dray_linux_Native.h"

/* Every native is static, takes primitives and leaves the JNI environment alone, unless its comment says otherwise. */
#define NATIVE(type, name) JNIEXPORT type JNICALL Java_org_dray_linux_Native_##name
#define UNUSED_JNI __attribute__((unused)) JNIEnv *env, __attribute__((unused)) jclass cls

/* A constant of a Java class has the value that the headers of this architecture give it. */
#define SAME(type, name) _Static_assert(org_dray_linux_##type##_##name == (name), #type "." #name)
/* A structure that Java lays out has the size and the offsets that Java believes in. */
#define SAME_SIZE(type, name, structure) _Static_assert(org_dray_linux_##type##_##name == sizeof(structure), #type "." #name)
#define SAME_OFFSET(type, name, structure, field) \
    _Static_assert(org_dray_linux_##type##_##name == offsetof(structure, field), #type "." #name)

_Static_assert(sizeof(void *) == sizeof(jlong), "addresses fit a Java long");

static inline void *pointer(jlong address) {
    return (void *) (uintptr_t) address;
}

/* The result of a call that answers -1 and errno: errno is read at once, before anything else can change it. */
static inline jint int_result(int result) {
    return result >= 0 ? result : -errno;
}

static inline jlong long_result(ssize_t result) {
    return result >= 0 ? (jlong) result : -(jlong) errno;
}

#endif
