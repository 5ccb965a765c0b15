#include "shared/ui/current.h"

#include "shared/base/check.h"

namespace mado::ui {
namespace {

Canvas* current = nullptr;

}  // namespace

Canvas& canvas() {
    MADO_CHECK(current != nullptr);
    return *current;
}

CurrentCanvas::CurrentCanvas(Canvas& canvas) {
    MADO_CHECK(current == nullptr);
    current = &canvas;
}

CurrentCanvas::~CurrentCanvas() {
    current = nullptr;
}

}  // namespace mado::ui
