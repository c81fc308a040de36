/* Addresses of buffers, buffers over addresses, and plain loads, stores and copies. Nothing here is checked. */
#include <stdlib.h>
#include <string.h>

#include "native.h"

/* Uses the JNI environment; cannot throw. 0 when the buffer is not direct. */
NATIVE(jlong, bufferAddress0)(JNIEnv *env, __attribute__((unused)) jclass cls, jobject buffer) {
    return (jlong) (uintptr_t) (*env)->GetDirectBufferAddress(env, buffer);
}

/* Uses the JNI environment; an OutOfMemoryError of the JVM may be pending on return, and then the result is null. */
NATIVE(jobject, bufferView0)(JNIEnv *env, __attribute__((unused)) jclass cls, jlong address, jlong length) {
    return (*env)->NewDirectByteBuffer(env, pointer(address), length);
}

/* posix_memalign returns its error and leaves errno alone. */
NATIVE(jlong, allocate0)(UNUSED_JNI, jlong alignment, jlong length) {
    void *memory = NULL;
    int error = posix_memalign(&memory, (size_t) alignment, (size_t) length);
    return error == 0 ? (jlong) (uintptr_t) memory : -(jlong) error;
}

NATIVE(void, free0)(UNUSED_JNI, jlong address) {
    free(pointer(address));
}

NATIVE(void, copy0)(UNUSED_JNI, jlong source, jlong target, jlong length) {
    memmove(pointer(target), pointer(source), (size_t) length);
}

NATIVE(void, fill0)(UNUSED_JNI, jlong address, jlong length, jbyte value) {
    memset(pointer(address), value, (size_t) length);
}

NATIVE(jbyte, getByte0)(UNUSED_JNI, jlong address) {
    return *(volatile jbyte *) pointer(address);
}

NATIVE(void, putByte0)(UNUSED_JNI, jlong address, jbyte value) {
    *(volatile jbyte *) pointer(address) = value;
}

NATIVE(jlong, getLong0)(UNUSED_JNI, jlong address) {
    jlong value;
    memcpy(&value, pointer(address), sizeof value);
    return value;
}

NATIVE(void, putLong0)(UNUSED_JNI, jlong address, jlong value) {
    memcpy(pointer(address), &value, sizeof value);
}
