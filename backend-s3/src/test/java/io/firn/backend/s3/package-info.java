@NullMarked
package io.firn.backend.s3;

import org.jspecify.annotations.NullMarked;
