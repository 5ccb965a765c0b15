#include "kiosk/flow/kiosk_flow.h"
