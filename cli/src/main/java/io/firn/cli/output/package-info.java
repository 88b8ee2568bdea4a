/// How results, progress and failures are printed.
@NullMarked
package io.firn.cli.output;

import org.jspecify.annotations.NullMarked;
