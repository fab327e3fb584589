#if !NETFRAMEWORK
using System.Buffers.Binary;
using System.Numerics;
#endif

namespace WixInbox.Journal;

/// <summary>
/// CRC-32C (Castagnoli), which finds a torn or changed line. .NET Framework has none: there, it is made byte by byte.
/// </summary>
internal static class Crc32C
{
#if NETFRAMEWORK
    // The polynomial with its bits the other way round, as it is used where the lowest bit of a byte comes first.
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] s_table = MakeTable();
#endif

    public static uint Of(byte[] bytes, int start, int count)
    {
        var sum = uint.MaxValue;
        var index = start;
        var end = start + count;
#if NETFRAMEWORK
        for (; index < end; index++)
        {
            sum = s_table[(byte)(sum ^ bytes[index])] ^ (sum >> 8);
        }
#else
        for (; index <= end - sizeof(ulong); index += sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(index)));
        }

        for (; index < end; index++)
        {
            sum = BitOperations.Crc32C(sum, bytes[index]);
        }
#endif
        return ~sum;
    }

#if NETFRAMEWORK
    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint value = 0; value < table.Length; value++)
        {
            var sum = value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
            }

            table[value] = sum;
        }

        return table;
    }
#endif
}
