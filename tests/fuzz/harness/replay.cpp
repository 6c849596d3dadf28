// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a target once with every file that is named, or that lies in a folder that is named: the corpus as an
// ordinary test, in builds without libFuzzer.
#include "harness/check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace fs = std::filesystem;

int main(int argc, char **argv)
{
    std::vector<fs::path> files;
    for (int i = 1; i < argc; ++i) {
        if (fs::is_directory(argv[i]))
            std::copy(fs::directory_iterator(argv[i]), {}, std::back_inserter(files));
        else
            files.emplace_back(argv[i]);
    }
    std::sort(files.begin(), files.end());
    for (const fs::path &path : files) {
        std::fprintf(stderr, "%s\n", path.filename().c_str()); // the last one named is the one at fault
        std::ifstream file(path, std::ios::binary);
        const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
        if (file.bad() || !file.is_open()) {
            std::fprintf(stderr, "%s cannot be read\n", path.c_str());
            return 2;
        }
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
    }
    std::fprintf(stderr, "%zu inputs\n", files.size());
    return files.empty() ? 2 : 0;
}
