/// Progress of long work: bars on a terminal, lines elsewhere.
@NullMarked
package io.firn.cli.progress;

import org.jspecify.annotations.NullMarked;
