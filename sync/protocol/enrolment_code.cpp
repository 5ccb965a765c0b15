#include "sync/protocol/enrolment_code.h"
