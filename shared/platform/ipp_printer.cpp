#include "shared/platform/ipp_printer.h"
