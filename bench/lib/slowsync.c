// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes each write that is forced to disk take longer by SLOWSYNC_MICROS, as a remote disk or a synchronous standby would: loaded into a
// process by LD_PRELOAD, before the C library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_longer(void) {
    const char *micros = getenv("SLOWSYNC_MICROS");
    long wanted = micros ? atol(micros) : 0;
    struct timespec rest = {wanted / 1000000, wanted % 1000000 * 1000};
    while (wanted > 0 && nanosleep(&rest, &rest) != 0) {
    }
}

int fsync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_longer();
    return real(file);
}

int fdatasync(int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_longer();
    return real(file);
}
