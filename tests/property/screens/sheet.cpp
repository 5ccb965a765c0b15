#include "tests/property/screens/sheet.h"

#include "shared/base/check.h"
#include "shared/ui/current.h"

#include <imgui.h>

namespace mado::tests {
namespace {

constexpr int kWidth = 1080;
constexpr int kHeight = 1920;

ui::Fonts open_fonts() {
    auto fonts = ui::Fonts::open("/usr/share/fonts");
    MADO_CHECK(fonts.ok());
    return std::move(fonts).value();
}

}  // namespace

Sheet::Sheet() : fonts_(open_fonts()) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {kWidth, kHeight};
    io.DeltaTime = 1.0F / 60;
}

Sheet::~Sheet() {
    ImGui::DestroyContext();
}

void Sheet::write_in(Script script, std::u32string_view alphabet) {
    fonts_.set_for(script, alphabet);
}

const ui::Drawn& Sheet::paint(const ui::Shown& shown, const std::function<void()>& paint) {
    const ui::CurrentCanvas current(canvas_);
    const ui::Scale scale = ui::scale_for(kWidth, kHeight);
    const ui::TextSize size = shown.sight.text_size;
    do {
        if (fonts_.stale(scale.pixels_per_mm, size)) fonts_.build(scale.pixels_per_mm, size);
        canvas_.measure(scale, shown, paint);
    } while (fonts_.stale(scale.pixels_per_mm, size));
    ImGui::NewFrame();
    canvas_.show(*ImGui::GetBackgroundDrawList(), scale.pixels_per_mm);
    paint();
    canvas_.finish();
    ImGui::EndFrame();
    touch_.show(shown.screen, canvas_.drawn().targets);
    return canvas_.drawn();
}

}  // namespace mado::tests
