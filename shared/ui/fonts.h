#pragma once

// The glyphs of every kind of type, in one texture.
//
// Japanese is set in BIZ UDGothic, which is drawn for poor eyes, and so are English and Portuguese;
// what it lacks comes from Noto Sans CJK. Chinese, Korean and Vietnamese are set in Noto Sans CJK,
// in the forms of their country.
//
// The typefaces have tens of thousands of glyphs, and a texture has room for some thousand. So the
// atlas holds the alphabet of the language that is shown and what names have used since, and is
// built anew, between two frames, when a text wants a character that it lacks or another script
// comes. A character that all typefaces lack is shown as 〓, the mark that Japanese printers set
// for a missing type, and is reported.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/script.h"
#include "shared/ui/mapped_file.h"
#include "shared/ui/theme.h"

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

struct ImFont;
using ImWchar = unsigned short;  // as imgui.h says

namespace mado::ui {

class Fonts {
  public:
    // Unavailable when a typeface is not installed below `folder` (/usr/share/fonts).
    static Result<Fonts, IoError> open(const std::filesystem::path& folder);

    // From now on texts are in this script, written with this alphabet. The atlas forgets what
    // another script wanted.
    void set_for(Script script, std::u32string_view alphabet);
    // Notes that these characters will be drawn in this type, now or soon.
    void want(Type type, std::u32string_view characters);
    // Whether a character was wanted since the last build.
    bool wants_more() const { return stale_; }
    // The same, or the size has changed.
    bool stale(float pixels_per_mm, TextSize size) const;
    // Builds the atlas of the current Dear ImGui context; must not be called within its frame.
    void build(float pixels_per_mm, TextSize size);

    // The text as it can be drawn: what no glyph stands for is 〓.
    std::string drawable(Type type, std::string_view text);
    // In pixels.
    float width_of(Type type, std::string_view drawable_text) const;
    float capital_height(Type type) const;
    ImFont* font(Type type) const;

    // Characters that were asked for and that the typefaces lack.
    const std::set<char32_t>& missing() const { return missing_; }

  private:
    struct Face {
        std::set<char32_t> wanted;
        ImFont* font = nullptr;  // Dear ImGui's atlas owns it
    };

    // A typeface as its files hold it.
    struct Family {
        MappedFile regular;
        MappedFile bold;
    };

    Fonts(Family biz, Family noto) : biz_(std::move(biz)), noto_(std::move(noto)) {}

    Face& face(Type type) { return faces_.at(static_cast<std::size_t>(type)); }
    const Face& face(Type type) const { return faces_.at(static_cast<std::size_t>(type)); }
    void want_the_basics();
    void forget_all_but_the_basics();
    void keep_within_a_texture();
    void add_to_atlas(Type type, const ImWchar* ranges);

    Family biz_;
    Family noto_;
    Script script_ = Script::Japanese;
    std::array<Face, kTypes> faces_;
    std::set<char32_t> missing_;
    bool stale_ = true;
    float pixels_per_mm_ = 0;
    TextSize size_ = TextSize::Normal;
};

}  // namespace mado::ui
