/// What one run leaves in a cluster while it works, and how all of it goes away again: marks on
/// temporary objects, locks of machines, the list of what was made.
@NullMarked
package io.firn.run;

import org.jspecify.annotations.NullMarked;
