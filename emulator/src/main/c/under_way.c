/* What is under way: calls, and what the server holds of its clients meanwhile. */
#include <poll.h>
#include <pthread.h>
#include <time.h>

#include "server.h"

static pthread_mutex_t calls_lock = PTHREAD_MUTEX_INITIALIZER;
static struct call *calls;

void call_begins(struct call *call) {
    pthread_mutex_lock(&calls_lock);
    call->next = calls;
    call->place = &calls;
    if (calls != NULL) {
        calls->place = &call->next;
    }
    calls = call;
    pthread_mutex_unlock(&calls_lock);
}

void call_is_answered(struct call *call) {
    pthread_mutex_lock(&calls_lock);
    call->is_answered = true;
    pthread_mutex_unlock(&calls_lock);
}

void call_ends(struct call *call) {
    pthread_mutex_lock(&calls_lock);
    *call->place = call->next;
    if (call->next != NULL) {
        call->next->place = call->place;
    }
    pthread_mutex_unlock(&calls_lock);
}

bool file_is_open(const struct open_file *file) {
    struct pollfd connection = {.fd = file->socket, .events = 0};
    if (poll(&connection, 1, 0) == 0) {
        return true;
    }
    pthread_mutex_lock(&calls_lock);
    const struct call *call = calls;
    while (call != NULL && (call->file != file || call->is_answered || client_is_gone(call))) {
        call = call->next;
    }
    pthread_mutex_unlock(&calls_lock);
    return call != NULL;
}

bool calls_are_ending(void) {
    pthread_mutex_lock(&calls_lock);
    const struct call *call = calls;
    while (call != NULL && !call->is_answered && !client_is_gone(call)) {
        call = call->next;
    }
    pthread_mutex_unlock(&calls_lock);
    return call != NULL;
}

void calls_of_the_dead_end(const struct call *waiter) {
    for (;;) {
        pthread_mutex_lock(&calls_lock);
        const struct call *call = calls;
        while (call != NULL && (call == waiter || call->is_answered || !client_is_gone(call))) {
            call = call->next;
        }
        pthread_mutex_unlock(&calls_lock);
        if (call == NULL || client_is_gone(waiter)) {
            return;
        }
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    }
}

/* Two generations: who settles opens a new one, and waits for the end of the old one. */
static pthread_mutex_t reach_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t settle_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t reach_over = PTHREAD_COND_INITIALIZER;
static unsigned reaches[2];
static int generation;

int reach_begin(void) {
    pthread_mutex_lock(&reach_lock);
    int reach = generation;
    reaches[reach]++;
    pthread_mutex_unlock(&reach_lock);
    return reach;
}

void reach_end(int reach) {
    pthread_mutex_lock(&reach_lock);
    if (--reaches[reach] == 0) {
        pthread_cond_broadcast(&reach_over);
    }
    pthread_mutex_unlock(&reach_lock);
}

void reach_settle(void) {
    pthread_mutex_lock(&settle_lock);
    pthread_mutex_lock(&reach_lock);
    int old = generation;
    generation = 1 - old;
    while (reaches[old] > 0) {
        pthread_cond_wait(&reach_over, &reach_lock);
    }
    pthread_mutex_unlock(&reach_lock);
    pthread_mutex_unlock(&settle_lock);
}
