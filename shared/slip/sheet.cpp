#include "shared/slip/sheet.h"

#include <algorithm>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace mado::slip {
namespace {

constexpr double kPointsPerMm = 72.0 / 25.4;
// What a script is set in. The language decides which country's forms a glyph has, and where lines
// break: by the Japanese rules, which keep the words of Latin letters whole all the same.
struct Setting {
    const char* families;
    const char* language;
    float line_spacing;
};

// Lines of BIZ UDGothic touch each other; those of Noto are 1.448 ems apart.
Setting setting_of(Script script) {
    constexpr float kBizSpacing = 1.22F;
    constexpr float kNotoSpacing = 0.88F;
    switch (script) {
        case Script::Japanese:
            return {"BIZ UDPGothic, Noto Sans CJK JP", "ja", kBizSpacing};
        case Script::Chinese:
            return {"Noto Sans CJK SC", "zh-cn", kNotoSpacing};
        case Script::Korean:
            return {"Noto Sans CJK KR", "ko", kNotoSpacing};
        case Script::Vietnamese:
            return {"Noto Sans CJK JP", "vi", kNotoSpacing};
    }
    return {"BIZ UDPGothic, Noto Sans CJK JP", "ja", kBizSpacing};
}

struct SurfaceDeleter {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct CairoDeleter {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
struct ObjectDeleter {
    void operator()(void* object) const { g_object_unref(object); }
};
struct OptionsDeleter {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct FontDeleter {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

using Layout = std::unique_ptr<PangoLayout, ObjectDeleter>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
    auto& bytes = *static_cast<Bytes*>(closure);
    bytes.insert(bytes.end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

int to_pango(double mm) {
    return static_cast<int>(mm * PANGO_SCALE);
}

}  // namespace

struct Sheet::State {
    explicit State(Script script) : setting(setting_of(script)) {}

    Setting setting;
    Bytes bytes;
    std::unique_ptr<cairo_surface_t, SurfaceDeleter> surface;
    std::unique_ptr<cairo_t, CairoDeleter> cairo;

    Layout layout(const std::string& text, Style style) const {
        Layout made(pango_cairo_create_layout(cairo.get()));
        PangoContext* context = pango_layout_get_context(made.get());
        pango_context_set_language(context, pango_language_from_string(setting.language));
        // Paper has no pixels: glyphs stand where their widths put them, not on whole units.
        pango_context_set_round_glyph_positions(context, FALSE);
        const std::unique_ptr<cairo_font_options_t, OptionsDeleter> options(
            cairo_font_options_create());
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context, options.get());
        pango_layout_context_changed(made.get());
        const std::unique_ptr<PangoFontDescription, FontDeleter> font(pango_font_description_new());
        pango_font_description_set_family(font.get(), setting.families);
        pango_font_description_set_weight(font.get(),
                                          style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font.get(), style.em * PANGO_SCALE);
        pango_layout_set_font_description(made.get(), font.get());
        pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
        pango_layout_set_line_spacing(made.get(), setting.line_spacing);
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        return made;
    }
};

Sheet::Sheet(double width_mm, double height_mm, double scale, Script script)
    : state_(std::make_unique<State>(script)) {
    State& state = *state_;
    state.surface.reset(cairo_pdf_surface_create_for_stream(
        &append, &state.bytes, width_mm * scale * kPointsPerMm, height_mm * scale * kPointsPerMm));
    state.cairo.reset(cairo_create(state.surface.get()));
    cairo_scale(state.cairo.get(), scale * kPointsPerMm, scale * kPointsPerMm);
}

Sheet::~Sheet() = default;
Sheet::Sheet(Sheet&&) noexcept = default;
Sheet& Sheet::operator=(Sheet&&) noexcept = default;

double Sheet::height_of(const std::string& text, Style style, double width) const {
    const Layout layout = state_->layout(text, style);
    pango_layout_set_width(layout.get(), to_pango(width));
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return static_cast<double>(logical.height) / PANGO_SCALE;
}

double Sheet::width_of(const std::string& text, Style style) const {
    const Layout layout = state_->layout(text, style);
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return static_cast<double>(logical.width) / PANGO_SCALE;
}

double Sheet::text(double x, double y, double width, double height_max, const std::string& text,
                   Style style, Side side) {
    if (text.empty()) return 0;
    const Layout layout = state_->layout(text, style);
    pango_layout_set_width(layout.get(), to_pango(width));
    pango_layout_set_height(layout.get(), to_pango(height_max));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
    pango_layout_set_alignment(layout.get(), side == Side::Left     ? PANGO_ALIGN_LEFT
                                             : side == Side::Centre ? PANGO_ALIGN_CENTER
                                                                    : PANGO_ALIGN_RIGHT);
    cairo_set_source_rgb(state_->cairo.get(), style.grey, style.grey, style.grey);
    cairo_move_to(state_->cairo.get(), x, y);
    pango_cairo_show_layout(state_->cairo.get(), layout.get());
    PangoRectangle logical{};
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    return static_cast<double>(logical.height) / PANGO_SCALE;
}

void Sheet::line(double x1, double y1, double x2, double y2, double width) {
    cairo_t* cairo = state_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_line_width(cairo, width);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
}

void Sheet::frame(double x, double y, double width, double height, double radius, double stroke) {
    constexpr double kQuarter = 1.5707963267948966;
    cairo_t* cairo = state_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_set_line_width(cairo, stroke);
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, x + width - radius, y + radius, radius, -kQuarter, 0);
    cairo_arc(cairo, x + width - radius, y + height - radius, radius, 0, kQuarter);
    cairo_arc(cairo, x + radius, y + height - radius, radius, kQuarter, 2 * kQuarter);
    cairo_arc(cairo, x + radius, y + radius, radius, 2 * kQuarter, 3 * kQuarter);
    cairo_close_path(cairo);
    cairo_stroke(cairo);
}

void Sheet::fill(double x, double y, double width, double height) {
    cairo_t* cairo = state_->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

Bytes Sheet::finish() {
    cairo_show_page(state_->cairo.get());
    cairo_surface_finish(state_->surface.get());
    const bool whole = cairo_surface_status(state_->surface.get()) == CAIRO_STATUS_SUCCESS &&
                       cairo_status(state_->cairo.get()) == CAIRO_STATUS_SUCCESS;
    return whole ? std::move(state_->bytes) : Bytes{};
}

}  // namespace mado::slip
