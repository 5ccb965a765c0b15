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

constexpr const char* kBizRegular = "truetype/bizud-gothic/BIZUDPGothic-Regular.ttf";
constexpr const char* kBizBold = "truetype/bizud-gothic/BIZUDPGothic-Bold.ttf";
constexpr const char* kNotoRegular = "opentype/noto/NotoSansCJK-Regular.ttc";
constexpr const char* kNotoBold = "opentype/noto/NotoSansCJK-Bold.ttc";
// From its ascender to its descender, in ems: what Dear ImGui's FreeType counts a size by. That of
// BIZ UDGothic is one em.
constexpr float kNotoLine = 1.448F;

// Noto's collections hold a face for each country.
int noto_face_of(Script script) {
    switch (script) {
        case Script::Japanese:
        case Script::Vietnamese:
            return 0;
        case Script::Korean:
            return 1;
        case Script::Chinese:
            return 2;
    }
    return 0;
}

// Dear ImGui counts in 16 bits.
bool is_drawable(char32_t c) {
    const bool control = c < U' ' || (c >= 0x7F && c < 0xA0);
    return !control && c < 0xFFFD;
}

// The typefaces draw an ideograph in one form: what names another (葛 and a selector) is left out.
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

Result<MappedFile, IoError> open_typeface(const std::filesystem::path& file, const char* package) {
    auto opened = MappedFile::open(file);
    if (opened.ok()) return opened;
    return fail(IoError{IoError::Kind::Unavailable,
                        "no typeface at " + file.string() + " (package " + package + ")"});
}

}  // namespace

Result<Fonts, IoError> Fonts::open(const std::filesystem::path& folder) {
    constexpr const char* kBiz = "fonts-morisawa-bizud-gothic";
    constexpr const char* kNoto = "fonts-noto-cjk";
    auto biz_regular = MADO_TRY(open_typeface(folder / kBizRegular, kBiz));
    auto biz_bold = MADO_TRY(open_typeface(folder / kBizBold, kBiz));
    auto noto_regular = MADO_TRY(open_typeface(folder / kNotoRegular, kNoto));
    auto noto_bold = MADO_TRY(open_typeface(folder / kNotoBold, kNoto));
    Fonts fonts({std::move(biz_regular), std::move(biz_bold)},
                {std::move(noto_regular), std::move(noto_bold)});
    fonts.want_the_basics();
    return fonts;
}

void Fonts::want_the_basics() {
    std::u32string always = {kMissing};
    for (char32_t c = U' '; c <= U'~'; ++c) {
        always.push_back(c);
    }
    for (int type = 0; type < kTypes; ++type) {
        want(static_cast<Type>(type), always);
    }
}

void Fonts::set_for(Script script, std::u32string_view alphabet) {
    if (script != script_) {
        script_ = script;
        stale_ = true;
        forget_all_but_the_basics();
    }
    // What nearly all texts are set in; the few large words come as they are drawn.
    for (const Type type : {Type::Body, Type::Strong, Type::Title}) {
        want(type, alphabet);
    }
}

void Fonts::want(Type type, std::u32string_view characters) {
    for (const char32_t c : characters) {
        const bool can = is_drawable(c) && !missing_.contains(c);
        if (can && face(type).wanted.insert(c).second) stale_ = true;
    }
}

bool Fonts::stale(float pixels_per_mm, TextSize size) const {
    return stale_ || pixels_per_mm != pixels_per_mm_ || size != size_;
}

// A feed with ever new names must not grow the atlas without end: when it would be larger than a
// texture, what was wanted long ago goes, and comes back when it is drawn.
void Fonts::keep_within_a_texture() {
    float area = 0;
    for (int type = 0; type < kTypes; ++type) {
        const float side = style_of(static_cast<Type>(type), size_).em * pixels_per_mm_ + 2;
        area += side * side * static_cast<float>(face(static_cast<Type>(type)).wanted.size());
    }
    if (area < 0.8F * kTextureSide * kTextureSide) return;
    forget_all_but_the_basics();
}

void Fonts::forget_all_but_the_basics() {
    for (Face& face : faces_) {
        std::erase_if(face.wanted, [](char32_t c) { return c > U'~' && c != kMissing; });
    }
}

// The first typeface of a font gives it its lines, so that a page is laid out alike in every
// script; of those that follow, the first to have a glyph gives it.
void Fonts::add_to_atlas(Type type, const ImWchar* ranges) {
    static constexpr std::array<ImWchar, 3> kMissingAlone = {kMissing, kMissing, 0};
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    const TypeStyle style = style_of(type, size_);
    const auto add = [&](const Family& family, const ImWchar* wanted, bool merge) {
        const bool noto = &family == &noto_;
        const auto bytes = (style.bold ? family.bold : family.regular).bytes();
        ImFontConfig config;
        config.OversampleH = 1;
        config.OversampleV = 1;
        config.PixelSnapH = true;
        config.MergeMode = merge;
        config.FontNo = noto ? noto_face_of(script_) : 0;
        const float line = noto ? kNotoLine : 1;
        ImFont* font = atlas.AddFontFromMemoryTTF(bytes.data(), static_cast<int>(bytes.size()),
                                                  std::round(style.em * line * pixels_per_mm_),
                                                  &config, wanted);
        // The bytes stay ours. Said before, Dear ImGui would have copied all of them.
        atlas.ConfigData.back().FontDataOwnedByAtlas = false;
        return font;
    };
    const bool biz_first = script_ == Script::Japanese;
    face(type).font = add(biz_, kMissingAlone.data(), false);
    MADO_CHECK(face(type).font != nullptr);
    add(biz_first ? biz_ : noto_, ranges, true);
    add(biz_first ? noto_ : biz_, ranges, true);
}

void Fonts::build(float pixels_per_mm, TextSize size) {
    pixels_per_mm_ = pixels_per_mm;
    size_ = size;
    keep_within_a_texture();
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    atlas.TexDesiredWidth = kTextureSide;
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoPowerOfTwoHeight;

    std::array<ImVector<ImWchar>, kTypes> ranges;  // must live until the atlas is built
    for (int i = 0; i < kTypes; ++i) {
        const auto type = static_cast<Type>(i);
        auto& wanted = ranges.at(static_cast<std::size_t>(i));
        wanted = ranges_of(face(type).wanted);
        add_to_atlas(type, wanted.Data);
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
