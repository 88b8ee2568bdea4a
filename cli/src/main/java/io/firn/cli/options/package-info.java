/// Options that several commands share, and what they mean.
@NullMarked
package io.firn.cli.options;

import org.jspecify.annotations.NullMarked;
