/* Writes down, in order, what a process has written, synced, cut and removed of the
 * database and its log: what a power cut is then played from. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static int out = -1;

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static ssize_t (*put)(int, const void *, size_t);

/* kind tells the files apart: d the database, w its log, 0 anything else. */
static char kind_of(const char *path) {
	const char *name = strrchr(path, '/');
	name = name ? name + 1 : path;
	if (!strcmp(name, "quarterdeck.db")) return 'd';
	if (!strcmp(name, "quarterdeck.db-wal")) return 'w';
	if (!strcmp(name, "quarterdeck.db-journal")) return 'j';
	return 0;
}

static char kind(int fd) {
	char link[64], path[4096];
	ssize_t n;
	if (out < 0) {
		const char *to = getenv("QUARTERDECK_TRACE");
		if (!to) return 0;
		put = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
		out = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (out < 0) abort();
	}
	strcpy(link, "/proc/self/fd/");
	char digits[16];
	int i = 15;
	digits[15] = 0;
	do digits[--i] = '0' + fd % 10; while (fd /= 10);
	strcat(link, digits + i);
	n = readlink(link, path, sizeof path - 1);
	if (n < 0) return 0;
	path[n] = 0;
	return kind_of(path);
}

/* say appends an entry: what, which file, where, how long, and the bytes. */
static void say(char what, char file, int64_t at, const void *data, int64_t len) {
	char *entry = malloc(18 + len);
	if (!entry) abort();
	entry[0] = what;
	entry[1] = file;
	memcpy(entry + 2, &at, 8);
	memcpy(entry + 10, &len, 8);
	if (len) memcpy(entry + 18, data, len);
	if (put(out, entry, 18 + len) != 18 + len) abort();
	free(entry);
}

#define TRACED(fd, call, what, at, data, len) do { \
	pthread_mutex_lock(&one); \
	char file = kind(fd); \
	__auto_type result = call; \
	if (file && result >= 0) say(what, file, at, data, len); \
	pthread_mutex_unlock(&one); \
	return result; \
} while (0)

ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { REAL(pwrite); TRACED(fd, real(fd, data, n, at), 'w', at, data, result); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { REAL(pwrite64); TRACED(fd, real(fd, data, n, at), 'w', at, data, result); }
int fsync(int fd) { REAL(fsync); TRACED(fd, real(fd), 's', 0, "", 0); }
int fdatasync(int fd) { REAL(fdatasync); TRACED(fd, real(fd), 's', 0, "", 0); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); TRACED(fd, real(fd, size), 't', size, "", 0); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); TRACED(fd, real(fd, size), 't', size, "", 0); }

int unlink(const char *path) {
	REAL(unlink);
	char file = kind_of(path);
	pthread_mutex_lock(&one);
	kind(0); /* opens the trace */
	int result = real(path);
	if (file && out >= 0 && result == 0) say('u', file, 0, "", 0);
	pthread_mutex_unlock(&one);
	return result;
}
