/// Protection of what a snapshot needs, on storage that has object lock.
@NullMarked
package io.firn.repository.protect;

import org.jspecify.annotations.NullMarked;
