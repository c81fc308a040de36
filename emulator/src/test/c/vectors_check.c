/*
 * Holds the model's tables against the golden vectors: vectors_check FILE. Reads of the JSON what it needs: numbers of commands
 * and constants by name, and the bytes of every sample of the driver.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knem_abi.h"

static int failures;
static int checks;

static void expect(unsigned long long actual, unsigned long long expected, const char *what) {
    checks++;
    if (actual != expected) {
        failures++;
        fprintf(stderr, "vectors_check: %s is 0x%llx, the vectors say 0x%llx\n", what, actual, expected);
    }
}

struct named {
    const char *name;
    unsigned long long value;
};

static const struct named numbers[] = {
        {"KNEM_CMD_GET_INFO", CMD_GET_INFO},
        {"KNEM_CMD_BIND_OFFLOAD", CMD_BIND_OFFLOAD},
        {"KNEM_CMD_INIT_SEND", CMD_INIT_SEND},
        {"KNEM_CMD_CREATE_REGION", CMD_CREATE_REGION},
        {"KNEM_CMD_DESTROY_REGION", CMD_DESTROY_REGION},
        {"KNEM_CMD_INIT_ASYNC_RECV", CMD_INIT_ASYNC_RECV},
        {"KNEM_CMD_SYNC_RECV", CMD_SYNC_RECV},
        {"KNEM_CMD_COPY", CMD_COPY},
        {"KNEM_CMD_INLINE_COPY", CMD_INLINE_COPY},
        {"KNEM_CMD_COPY_BOUNDED", CMD_COPY_BOUNDED},
        {"KNEM_CMD_INLINE_COPY_BOUNDED", CMD_INLINE_COPY_BOUNDED},
        {"KNEM_ABI_VERSION", ABI_VERSION},
        {"KNEM_FEATURE_DMA", FEATURE_DMA},
        {"KNEM_FLAG_DMA", FLAG_DMA},
        {"KNEM_FLAG_ASYNCDMACOMPLETE", FLAG_ASYNC_DMA_COMPLETE},
        {"KNEM_FLAG_DMATHREAD", FLAG_DMA_THREAD},
        {"KNEM_FLAG_MEMCPYTHREAD", FLAG_MEMCPY_THREAD},
        {"KNEM_FLAG_PINLOCAL", FLAG_PIN_LOCAL},
        {"KNEM_FLAG_SINGLEUSE", FLAG_SINGLE_USE},
        {"KNEM_FLAG_NOTIFY_FD", FLAG_NOTIFY_FD},
        {"KNEM_FLAG_ANY_USER_ACCESS", FLAG_ANY_USER_ACCESS},
        {"mask_any_thread", ANY_THREAD},
        {"mask_any_async", ANY_ASYNC},
        {"mask_any_dma", ANY_DMA},
        {"mask_any_create", ANY_CREATE},
        {"mask_any_copy", ANY_COPY},
        {"bind_custom", BIND_CUSTOM},
        {"bind_current", BIND_CURRENT},
        {"bind_current_reversed", BIND_CURRENT_REVERSED},
        {"KNEM_STATUS_PENDING", STATUS_PENDING},
        {"KNEM_STATUS_SUCCESS", STATUS_SUCCESS},
        {"KNEM_STATUS_FAILED", STATUS_FAILED},
        {"PROT_READ", REGION_READ},
        {"PROT_WRITE", REGION_WRITE},
};

#define SIZE_OF(name, type) {name "", sizeof(struct type)}
static const struct named sizes[] = {
        SIZE_OF("knem_cmd_info", info), SIZE_OF("knem_cmd_bind_offload", bind_offload), SIZE_OF("knem_cmd_param_iovec", range),
        SIZE_OF("knem_cmd_create_region", create_region), SIZE_OF("knem_cmd_copy", region_copy),
        SIZE_OF("knem_cmd_copy_bounded", region_copy_bounded), SIZE_OF("knem_cmd_inline_copy", inline_copy),
        SIZE_OF("knem_cmd_inline_copy_bounded", inline_copy_bounded), SIZE_OF("knem_cmd_init_send_param", init_send),
        SIZE_OF("knem_cmd_init_async_recv_param", old_receive), SIZE_OF("knem_cmd_sync_recv_param", old_receive),
};

struct field {
    const char *structure, *name;
    size_t offset, size;
};

#define FIELD(structure, type, name, member) \
    {structure, name, offsetof(struct type, member), sizeof(((struct type *) NULL)->member)}
#define SLOT_FIELDS(structure, type) \
    FIELD(structure, type, "flags", flags), FIELD(structure, type, "current_status", status), \
            FIELD(structure, type, "async_status_index", slot)
#define COPY_FIELDS(structure, type) \
    FIELD(structure, type, "src_cookie", source), FIELD(structure, type, "src_offset", source_offset), \
            FIELD(structure, type, "dst_cookie", destination), FIELD(structure, type, "dst_offset", destination_offset), \
            SLOT_FIELDS(structure, type)
#define INLINE_FIELDS(structure, type) \
    FIELD(structure, type, "local_iovec_array", ranges), FIELD(structure, type, "local_iovec_nr", range_count), \
            FIELD(structure, type, "write", write), FIELD(structure, type, "remote_cookie", remote), \
            FIELD(structure, type, "remote_offset", remote_offset), SLOT_FIELDS(structure, type)

static const struct field fields[] = {
        FIELD("knem_cmd_info", info, "abi", abi),
        FIELD("knem_cmd_info", info, "features", features),
        FIELD("knem_cmd_info", info, "ignored_flags", ignored_flags),
        FIELD("knem_cmd_info", info, "forced_flags", forced_flags),
        FIELD("knem_cmd_bind_offload", bind_offload, "flags", flags),
        FIELD("knem_cmd_bind_offload", bind_offload, "mask_len", mask_bytes),
        FIELD("knem_cmd_bind_offload", bind_offload, "mask_ptr", mask),
        FIELD("knem_cmd_param_iovec", range, "base", base),
        FIELD("knem_cmd_param_iovec", range, "len", length),
        FIELD("knem_cmd_create_region", create_region, "iovec_array", ranges),
        FIELD("knem_cmd_create_region", create_region, "iovec_nr", range_count),
        FIELD("knem_cmd_create_region", create_region, "flags", flags),
        FIELD("knem_cmd_create_region", create_region, "protection", protection),
        FIELD("knem_cmd_create_region", create_region, "cookie", cookie),
        COPY_FIELDS("knem_cmd_copy", region_copy),
        COPY_FIELDS("knem_cmd_copy_bounded", region_copy_bounded),
        FIELD("knem_cmd_copy_bounded", region_copy_bounded, "length", length),
        INLINE_FIELDS("knem_cmd_inline_copy", inline_copy),
        INLINE_FIELDS("knem_cmd_inline_copy_bounded", inline_copy_bounded),
        FIELD("knem_cmd_inline_copy_bounded", inline_copy_bounded, "length", length),
};

/* The text after this key, from here on and before the end of the object; NULL if there is none. */
static const char *after(const char *at, const char *key) {
    char quoted[80];
    snprintf(quoted, sizeof(quoted), "\"%s\": ", key);
    const char *found = strstr(at, quoted);
    return found == NULL ? NULL : found + strlen(quoted);
}

static void check_named(const char *driver, const struct named *known, const char *key) {
    char start[96];
    snprintf(start, sizeof(start), "{\"name\": \"%s\", ", known->name);
    const char *found = strstr(driver, start);
    const char *value = found == NULL ? NULL : after(found, key);
    if (value == NULL) {
        failures++;
        fprintf(stderr, "vectors_check: the vectors do not know %s\n", known->name);
    } else {
        expect(known->value, strtoull(value + (*value == '"'), NULL, 0), known->name);
    }
}

static void set_field(uint8_t *bytes, const char *structure, const char *name, unsigned long long value) {
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (strcmp(fields[i].structure, structure) == 0 && strcmp(fields[i].name, name) == 0) {
            memcpy(bytes + fields[i].offset, &value, fields[i].size);
            return;
        }
    }
    if (strcmp(structure, "knem_region_cookie") == 0) {
        memcpy(bytes, &value, sizeof(value));
        return;
    }
    failures++;
    fprintf(stderr, "vectors_check: %s has no field %s\n", structure, name);
}

/* One sample: encodes its fields as the model lays them out, and compares. */
static void check_sample(const char *object) {
    char structure[64] = "";
    char name[64];
    uint8_t bytes[64] = {0};
    sscanf(after(object, "struct"), "\"%63[^\"]\"", structure);
    const char *bytes_at = after(object, "bytes");
    const char *at = strchr(after(object, "fields"), '{') + 1;
    while (at < bytes_at && sscanf(at, " \"%63[^\"]\"", name) == 1) {
        const char *value = after(at, name);
        set_field(bytes, structure, name, strtoull(value + 1, NULL, 0));
        at = value + strcspn(value, ",}");
        if (*at++ == '}') {
            break;
        }
    }
    bytes_at++;
    for (size_t i = 0; bytes_at[2 * i] != '"'; i++) {
        unsigned expected;
        sscanf(bytes_at + 2 * i, "%2x", &expected);
        expect(bytes[i], expected, structure);
    }
}

/* The part of the file that belongs to knem, on its own. */
static char *knem_part(const char *path) {
    FILE *in = fopen(path, "r");
    char *text = calloc(1, 1 << 20);
    if (in == NULL || text == NULL || fread(text, 1, (1 << 20) - 1, in) == 0) {
        perror(path);
        exit(2);
    }
    fclose(in);
    char *start = strstr(text, "{\"name\": \"knem\"");
    char *next = start == NULL ? NULL : strstr(start + 1, "\"device\"");
    char *end = next == NULL ? NULL : strstr(next + 1, "\"device\"");
    if (end != NULL) {
        *end = '\0';
    }
    return start;
}

int main(int count, char **arguments) {
    const char *driver = count == 2 ? knem_part(arguments[1]) : NULL;
    if (driver == NULL) {
        fprintf(stderr, "usage: vectors_check abi-vectors.json\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        check_named(driver, &numbers[i], "value");
    }
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        check_named(driver, &sizes[i], "size");
    }
    int samples = 0;
    const char *at = strstr(driver, "\"samples\"");
    while (at != NULL && (at = strstr(at, "{\"name\"")) != NULL) {
        if (after(at, "bytes") == NULL) {
            break;
        }
        check_sample(at);
        samples++;
        at++;
    }
    expect((unsigned long long) samples, 10, "the number of samples");
    printf("vectors_check: %d samples, %d checks, %d failures\n", samples, checks, failures);
    return failures == 0 ? 0 : 1;
}
