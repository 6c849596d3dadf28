// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/adminservice.h"
#include "admin/servercontrol.h"

// The two interfaces have no code of their own; this file gives their meta objects a home.
