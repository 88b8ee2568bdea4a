/// Every byte class of every kind of file, harmed in every way.
@NullMarked
package io.firn.repository.corruption;

import org.jspecify.annotations.NullMarked;
