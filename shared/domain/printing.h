#pragma once

// Why no paper came out of the printer, as far as somebody who stands there can put it right.

namespace mado {

enum class PrinterTrouble {
    NoPaper,
    Open,  // a lid, a door
    Jammed,
    NotHeard,  // it is off, or its cable is out
    Other,
};

}  // namespace mado
