// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into the daemon (LD_PRELOAD): each write into a file at a place takes a while, as on a slow disk, so that a kill
// in the midst of a commit is likely. What SQLite writes, it writes with pwrite.
#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

constexpr useconds_t kWriteMicros = 150;

using Write = ssize_t (*)(int, const void *, size_t, off64_t);

ssize_t slowly(const char *name, int descriptor, const void *data, size_t size, off64_t place)
{
    usleep(kWriteMicros);
    return reinterpret_cast<Write>(dlsym(RTLD_NEXT, name))(descriptor, data, size, place);
}

} // namespace

extern "C" __attribute__((visibility("default"))) ssize_t pwrite(int descriptor, const void *data, size_t size, off_t place)
{
    return slowly("pwrite", descriptor, data, size, place);
}

extern "C" __attribute__((visibility("default"))) ssize_t pwrite64(int descriptor, const void *data, size_t size, off64_t place)
{
    return slowly("pwrite64", descriptor, data, size, place);
}
