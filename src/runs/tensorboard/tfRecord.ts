import { maskedCrc32c } from './crc32c';

const LENGTH_BYTES = 8;
const CRC_BYTES = 4;

/**
 * One record of a TFRecord file: u64 length, CRC of the length, the data, CRC of the data, all
 * little-endian (tensorflow/core/lib/io/record_writer.h).
 */
export function encodeRecord(data: Uint8Array): Buffer {
  const start = LENGTH_BYTES + CRC_BYTES;
  const record = Buffer.alloc(start + data.length + CRC_BYTES);
  record.writeBigUInt64LE(BigInt(data.length));
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, LENGTH_BYTES)), LENGTH_BYTES);
  record.set(data, start);
  record.writeUInt32LE(maskedCrc32c(data), start + data.length);
  return record;
}
