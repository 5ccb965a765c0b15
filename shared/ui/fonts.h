#pragma once

// The glyphs of BIZ UDGothic in every kind of type, in one texture.
//
// The typeface has 8,000 kanji, and all of them in six sizes are more than a texture holds. So the
// atlas holds what the catalogues use and what names have used since, and is built anew, between
// two frames, when a text wants a character that it lacks. A character that the typeface itself
// lacks is shown as 〓, the mark that Japanese printers set for a missing type, and is reported.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/ui/theme.h"

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

struct ImFont;

namespace mado::ui {

class Fonts {
  public:
    // Unavailable when the typeface is not installed.
    static Result<Fonts, IoError> open(const std::filesystem::path& folder);

    // Notes that these characters will be drawn in this type, now or soon.
    void want(Type type, std::u32string_view characters);
    // Whether a character was wanted since the last build, or the size has changed.
    bool stale(float pixels_per_mm) const;
    // Builds the atlas of the current Dear ImGui context; must not be called within its frame.
    void build(float pixels_per_mm);

    // The text as it can be drawn: what no glyph stands for is 〓.
    std::string drawable(Type type, std::string_view text);
    // In pixels.
    float width_of(Type type, std::string_view drawable_text) const;
    float capital_height(Type type) const;
    ImFont* font(Type type) const;

    // Characters that were asked for and that the typeface lacks.
    const std::set<char32_t>& missing() const { return missing_; }

  private:
    struct Face {
        std::set<char32_t> wanted;
        ImFont* font = nullptr;  // Dear ImGui's atlas owns it
    };

    explicit Fonts(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Face& face(Type type) { return faces_.at(static_cast<std::size_t>(type)); }
    const Face& face(Type type) const { return faces_.at(static_cast<std::size_t>(type)); }
    void keep_within_a_texture(float pixels_per_mm);

    std::filesystem::path folder_;
    std::array<Face, kTypes> faces_;
    std::set<char32_t> missing_;
    bool stale_ = true;
    float pixels_per_mm_ = 0;
};

}  // namespace mado::ui
