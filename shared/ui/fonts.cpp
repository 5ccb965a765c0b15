#include "shared/ui/fonts.h"

#include "shared/base/check.h"
#include "shared/base/text.h"
#include "shared/ui/wrap.h"

#include <cmath>
#include <system_error>

#include <imgui.h>
#include <imgui_freetype.h>

namespace mado::ui {
namespace {

constexpr char32_t kMissing = U'〓';
constexpr int kTextureSide = 4096;
constexpr const char* kRegular = "BIZUDPGothic-Regular.ttf";
constexpr const char* kBold = "BIZUDPGothic-Bold.ttf";

// Dear ImGui counts in 16 bits; beyond, the typeface has nothing to show anyway.
bool is_drawable(char32_t c) {
    const bool control = c < U' ' || (c >= 0x7F && c < 0xA0);
    return !control && c < 0xFFFD;
}

// The typeface draws an ideograph in one form: what names another (葛 and a selector) is left out.
bool names_a_variant(char32_t c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

ImVector<ImWchar> ranges_of(const std::set<char32_t>& characters) {
    ImFontGlyphRangesBuilder builder;
    for (const char32_t c : characters) {
        builder.AddChar(static_cast<ImWchar>(c));
    }
    ImVector<ImWchar> ranges;
    builder.BuildRanges(&ranges);
    return ranges;
}

}  // namespace

Result<Fonts, IoError> Fonts::open(const std::filesystem::path& folder) {
    for (const char* file : {kRegular, kBold}) {
        std::error_code error;
        if (!std::filesystem::is_regular_file(folder / file, error)) {
            return fail(
                IoError{IoError::Kind::Unavailable, "no typeface at " + (folder / file).string() +
                                                        " (package fonts-morisawa-bizud-gothic)"});
        }
    }
    Fonts fonts{folder};
    std::u32string always = {kMissing};
    for (char32_t c = U' '; c <= U'~'; ++c) {
        always.push_back(c);
    }
    for (int type = 0; type < kTypes; ++type) {
        fonts.want(static_cast<Type>(type), always);
    }
    return fonts;
}

void Fonts::want(Type type, std::u32string_view characters) {
    for (const char32_t c : characters) {
        const bool can = is_drawable(c) && !missing_.contains(c);
        if (can && face(type).wanted.insert(c).second) stale_ = true;
    }
}

bool Fonts::stale(float pixels_per_mm) const {
    return stale_ || pixels_per_mm != pixels_per_mm_;
}

// A feed with ever new names must not grow the atlas without end: when it would be larger than a
// texture, what was wanted long ago goes, and comes back when it is drawn.
void Fonts::keep_within_a_texture(float pixels_per_mm) {
    float area = 0;
    for (int type = 0; type < kTypes; ++type) {
        const float side = style_of(static_cast<Type>(type)).em * pixels_per_mm + 2;
        area += side * side * static_cast<float>(face(static_cast<Type>(type)).wanted.size());
    }
    if (area < 0.8F * kTextureSide * kTextureSide) return;
    for (Face& face : faces_) {
        std::erase_if(face.wanted, [](char32_t c) { return c > U'~' && c != kMissing; });
    }
}

void Fonts::build(float pixels_per_mm) {
    keep_within_a_texture(pixels_per_mm);
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    atlas.TexDesiredWidth = kTextureSide;
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoPowerOfTwoHeight;

    std::array<ImVector<ImWchar>, kTypes> ranges;  // must live until the atlas is built
    for (int i = 0; i < kTypes; ++i) {
        const auto type = static_cast<Type>(i);
        const TypeStyle style = style_of(type);
        ranges.at(static_cast<std::size_t>(i)) = ranges_of(face(type).wanted);
        ImFontConfig config;
        config.OversampleH = 1;
        config.OversampleV = 1;
        config.PixelSnapH = true;
        const auto file = folder_ / (style.bold ? kBold : kRegular);
        face(type).font =
            atlas.AddFontFromFileTTF(file.c_str(), std::round(style.em * pixels_per_mm), &config,
                                     ranges.at(static_cast<std::size_t>(i)).Data);
        MADO_CHECK(face(type).font != nullptr);
    }
    MADO_CHECK(atlas.Build());
    for (Face& face : faces_) {
        std::erase_if(face.wanted, [&](char32_t c) {
            const bool absent = face.font->FindGlyphNoFallback(static_cast<ImWchar>(c)) == nullptr;
            if (absent) missing_.insert(c);
            return absent;
        });
    }
    stale_ = false;
    pixels_per_mm_ = pixels_per_mm;
}

std::string Fonts::drawable(Type type, std::string_view text) {
    std::u32string characters = characters_of(text);
    std::erase_if(characters, names_a_variant);
    for (char32_t& c : characters) {
        if (c == U'\n' || c == U'\u200B' || c == U'\u2060') continue;
        if (!is_drawable(c)) missing_.insert(c);
        if (missing_.contains(c)) c = kMissing;
        want(type, std::u32string_view(&c, 1));
    }
    return to_utf8(characters);
}

float Fonts::width_of(Type type, std::string_view drawable_text) const {
    const ImFont* font = face(type).font;
    if (font == nullptr) return 0;
    return font
        ->CalcTextSizeA(font->FontSize, FLT_MAX, 0, drawable_text.data(),
                        drawable_text.data() + drawable_text.size())
        .x;
}

float Fonts::capital_height(Type type) const {
    const ImFont* font = face(type).font;
    if (font == nullptr) return 0;
    const ImFontGlyph* capital = font->FindGlyph('H');
    return capital->Y1 - capital->Y0;
}

ImFont* Fonts::font(Type type) const {
    return face(type).font;
}

}  // namespace mado::ui
