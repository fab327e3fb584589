namespace WixInbox.Journal;

/// <summary>
/// CRC-32C (Castagnoli), which finds a torn or changed line. Both editions have this one, byte by byte: a line is some
/// 200 bytes.
/// </summary>
internal static class Crc32C
{
    // The polynomial with its bits the other way round, as it is used where the lowest bit of a byte comes first.
    private const uint Polynomial = 0x82F63B78;

    private static readonly uint[] s_table = MakeTable();

    public static uint Of(byte[] bytes, int start, int count)
    {
        var sum = uint.MaxValue;
        for (var index = start; index < start + count; index++)
        {
            sum = s_table[(byte)(sum ^ bytes[index])] ^ (sum >> 8);
        }

        return ~sum;
    }

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
}
