namespace WixInbox.Csv;

/// <summary>The counts of bytes by which the encoding of a file is found.</summary>
internal sealed class ByteCounts
{
    private int _missing;
    private byte _least = 0x80;
    private byte _most = 0xBF;
    private int _line = 1;

    public long Total { get; private set; }

    public long EvenZeros { get; private set; }

    public long OddZeros { get; private set; }

    /// <summary>Gets how many characters there are from U+0000 to U+0008.</summary>
    public long Controls { get; private set; }

    /// <summary>
    /// Gets how many letters take more than one byte in UTF-8. Not one that the file's end has cut off.
    /// </summary>
    public long Sequences { get; private set; }

    /// <summary>Gets how many times the bytes are not UTF-8.</summary>
    public long Invalid { get; private set; }

    public int FirstInvalidLine { get; private set; }

    /// <summary>Counts the bytes of a file.</summary>
    /// <param name="file">The file, which is read from its beginning to its end.</param>
    public static ByteCounts Read(Stream file)
    {
        file.Position = 0;
        var found = new ByteCounts();
        var buffer = new byte[1 << 16];
        while (file.Read(buffer, 0, buffer.Length) is > 0 and var length)
        {
            found.Add(buffer, length);
        }

        return found;
    }

    private void Add(byte[] buffer, int length)
    {
        for (var index = 0; index < length; index++)
        {
            var value = buffer[index];
            if (value >= 0x80)
            {
                AddHigh(value);
                continue;
            }

            if (_missing > 0)
            {
                End();
            }

            // Nearly all of a file is neither.
            if (value <= '\n')
            {
                AddLow(value, (Total + index) % 2 == 0);
            }
        }

        Total += length;
    }

    private void AddLow(byte value, bool isEven)
    {
        if (value == '\n')
        {
            _line++;
        }
        else if (value < '\t')
        {
            Controls++;
            if (value == 0)
            {
                _ = isEven ? EvenZeros++ : OddZeros++;
            }
        }
    }

    private void AddHigh(byte value)
    {
        if (_missing > 0 && value >= _least && value <= _most)
        {
            (_least, _most) = (0x80, 0xBF);
            if (--_missing == 0)
            {
                Sequences++;
            }

            return;
        }

        End();
        (_missing, _least, _most) = value switch
        {
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            _ => (0, (byte)0x80, (byte)0xBF),
        };
        if (_missing == 0)
        {
            AddInvalid();
        }
    }

    private void End()
    {
        if (_missing > 0)
        {
            _missing = 0;
            AddInvalid();
        }
    }

    private void AddInvalid()
    {
        if (Invalid++ == 0)
        {
            FirstInvalidLine = _line;
        }
    }
}
