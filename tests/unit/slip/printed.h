#pragma once

// A PDF as paper: read again by poppler, as text and as a picture of ten dots a millimetre.

#include "shared/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mado::tests {

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> grey;

    bool inked(int x, int y) const { return grey[static_cast<std::size_t>(y * width + x)] < 128; }
    bool inked_in(int left, int top, int right, int bottom) const {
        for (int y = top; y < bottom; ++y) {
            for (int x = left; x < right; ++x) {
                if (inked(x, y)) return true;
            }
        }
        return false;
    }
};

// A rendered page in a folder of its own, which goes with it.
class Printed {
  public:
    explicit Printed(const Bytes& pdf) {
        std::string pattern = (std::filesystem::temp_directory_path() / "slip-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        std::ofstream(file(), std::ios::binary)
            .write(reinterpret_cast<const char*>(pdf.data()),
                   static_cast<std::streamsize>(pdf.size()));
    }
    ~Printed() { std::filesystem::remove_all(folder_); }
    Printed(const Printed&) = delete;
    Printed& operator=(const Printed&) = delete;

    std::string text() const {
        run("pdftotext -layout " + file() + " " + folder_ + "/slip.txt");
        std::ostringstream all;
        all << std::ifstream(folder_ + "/slip.txt").rdbuf();
        std::string text = all.str();
        // Where a line is broken is not what these tests ask.
        std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\f'; });
        return text;
    }

    int pages() const {
        run("pdfinfo " + file() + " > " + folder_ + "/info.txt");
        std::ifstream in(folder_ + "/info.txt");
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("Pages:")) return std::stoi(line.substr(6));
        }
        return 0;
    }

    Picture picture() const {
        run("pdftoppm -gray -r 254 -singlefile " + file() + " " + folder_ + "/slip");
        std::ifstream in(folder_ + "/slip.pgm", std::ios::binary);
        std::string magic;
        int white = 0;
        Picture picture;
        in >> magic >> picture.width >> picture.height >> white;
        in.get();
        picture.grey.resize(static_cast<std::size_t>(picture.width * picture.height));
        in.read(reinterpret_cast<char*>(picture.grey.data()),
                static_cast<std::streamsize>(picture.grey.size()));
        EXPECT_TRUE(in.good());
        return picture;
    }

  private:
    std::string file() const { return folder_ + "/slip.pdf"; }
    static void run(const std::string& command) {
        ASSERT_EQ(std::system(command.c_str()), 0) << command;  // NOLINT: a test's own words
    }

    std::string folder_;
};

}  // namespace mado::tests
