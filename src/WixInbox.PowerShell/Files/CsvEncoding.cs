using System.Globalization;
using System.Text;

namespace WixInbox.Files;

/// <summary>Finds out in which encoding a file is written: from its mark, or else from all of its bytes.</summary>
internal sealed class CsvEncoding
{
    private const string Ascii = "ASCII";
    private const int Western = 1252;
    private const int LongestWord = 20;

    private static readonly byte[] s_utf8Mark = [0xEF, 0xBB, 0xBF];

    private static readonly (byte[] Mark, Func<Encoding> Encoding, string Name)[] s_wideMarks =
    [
        ([0xFF, 0xFE, 0, 0], () => Encoding.UTF32, "UTF-32"),
        ([0, 0, 0xFE, 0xFF], () => new UTF32Encoding(bigEndian: true, byteOrderMark: true), "UTF-32, big-endian"),
        ([0xFF, 0xFE], () => Encoding.Unicode, "UTF-16"),
        ([0xFE, 0xFF], () => Encoding.BigEndianUnicode, "UTF-16, big-endian"),
    ];

    private CsvEncoding(Encoding encoding, string name, string? doubt = null)
    {
        Encoding = encoding;
        Name = name;
        Doubt = doubt;
    }

    public Encoding Encoding { get; }

    /// <summary>
    /// Gets how many bytes come before the text: a mark of another encoding than the one that was given.
    /// </summary>
    public int Start { get; private init; }

    /// <summary>Gets the name of the encoding, and how it was found.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the file has no letter beyond ASCII.</summary>
    public bool IsAscii => Name == Ascii;

    /// <summary>
    /// Gets the reason for doubt, as the rest of a sentence after the file's name; null if there is none.
    /// </summary>
    public string? Doubt { get; }

    /// <summary>
    /// Gets an encoding by its number. The western European ones are not among those that .NET knows by itself.
    /// </summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="NotSupportedException">This system does not have it.</exception>
    public static Encoding Get(int codePage) =>
#if NET
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
#else
        Encoding.GetEncoding(codePage);
#endif

    /// <summary>Gets an encoding by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Encoding Get(string name) =>
#if NET
        CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#else
        Encoding.GetEncoding(name);
#endif

    /// <summary>Gets the code page of the system, as Import-Csv -Encoding ansi has it.</summary>
    public static int SystemCodePage =>
        CultureInfo.CurrentCulture.TextInfo.ANSICodePage is var page and not 0 ? page : Western;

    /// <summary>Finds the encoding of a file.</summary>
    /// <param name="file">The file, which is read to its end.</param>
    /// <param name="given">
    /// The encoding that the user names. Only a mark of UTF-16 or UTF-32 overrides it, since no other encoding begins
    /// so.
    /// </param>
    /// <param name="systemCodePage">The code page of the system.</param>
    /// <exception cref="CsvException">It is not text.</exception>
    public static CsvEncoding Find(Stream file, Encoding? given, int systemCodePage)
    {
        var head = new byte[4];
        var length = ReadFully(file, head);
        var isMarkedUtf8 = length >= s_utf8Mark.Length && s_utf8Mark.SequenceEqual(head.Take(s_utf8Mark.Length));
        foreach (var (mark, encoding, name) in s_wideMarks)
        {
            if (length >= mark.Length && mark.SequenceEqual(head.Take(mark.Length)))
            {
                return new CsvEncoding(encoding(), name + ", by its mark");
            }
        }

        return given is not null
            ? new CsvEncoding(given, given.WebName + ", as given") { Start = isMarkedUtf8 ? s_utf8Mark.Length : 0 }
            : isMarkedUtf8 ? FindMarked(file, systemCodePage)
            : FindUnmarked(file, systemCodePage);
    }

    private static CsvEncoding FindMarked(Stream file, int systemCodePage)
    {
        var bytes = Count(file);
        return bytes.Invalid == 0
            ? new CsvEncoding(new LenientUtf8(), "UTF-8, by its mark")
            : Mixed(bytes, "it has the mark of UTF-8", systemCodePage);
    }

    private static CsvEncoding FindUnmarked(Stream file, int systemCodePage)
    {
        var bytes = Count(file);

        // Separators, line breaks and addresses are ASCII whatever the alphabet, and half of their bytes are zero in
        // UTF-16.
        if (bytes.OddZeros * 4 >= bytes.Total / 2 && bytes.OddZeros > bytes.EvenZeros * 10)
        {
            return new CsvEncoding(Encoding.Unicode, "UTF-16, without a mark");
        }

        if (bytes.EvenZeros * 4 >= bytes.Total / 2 && bytes.EvenZeros > bytes.OddZeros * 10)
        {
            return new CsvEncoding(Encoding.BigEndianUnicode, "UTF-16, big-endian, without a mark");
        }

        // A text has none of these, but for a few NULs that something damaged. Of random bytes, one in 28 is.
        if (bytes.Controls * 50 > bytes.Total && bytes.Controls > 4)
        {
            throw OtherFormats.NotText();
        }

        // No text of another encoding is UTF-8 by chance, but for a word or two.
        return bytes.Invalid == 0
            ? new CsvEncoding(new LenientUtf8(), bytes.Sequences > 0 ? "UTF-8, without a mark" : Ascii)
            : bytes.Sequences > bytes.Invalid ? Mixed(bytes, "most of it is UTF-8", systemCodePage)
            : FindCodePage(file, bytes, systemCodePage);
    }

    private static CsvEncoding Mixed(Bytes bytes, string what, int systemCodePage) => new(
        new LenientUtf8(),
        "UTF-8, with others in it",
        (bytes.Invalid == 1
            ? FormattableString.Invariant($"{what}, but one letter in line {bytes.FirstInvalidLine} is not, and was ")
            : FormattableString.Invariant($"{what}, but {bytes.Invalid:N0} letters, the first in line ")
                + FormattableString.Invariant($"{bytes.FirstInvalidLine}, are not, and were "))
            + "read as Windows-1252. If a name looks wrong, say in which encoding the file is: "
            + FormattableString.Invariant($"-Encoding {systemCodePage}, for example."));

    private static CsvEncoding FindCodePage(Stream file, Bytes bytes, int systemCodePage)
    {
        var western = Words.Read(file, Get(Western));
        if (systemCodePage is Western or 65001)
        {
            return Decide(western, null);
        }

        var system = Get(systemCodePage);
        if (!system.IsSingleByte)
        {
            return IsText(file, system)
                ? new CsvEncoding(system, system.WebName + ", the system's code page")
                : Decide(western, null);
        }

        var own = Words.Read(file, system);
        return own.Odd <= western.Odd ? Decide(own, western) : Decide(western, own);
    }

    private static CsvEncoding Decide(Words words, Words? other)
    {
        var name = FormattableString.Invariant($"Windows code page {words.Encoding.CodePage}");
        var doubt = words.IsOdd
            ? $"it is not Unicode, and was read as {name}, in which '{MisreadWord.Show(words.OddOne)}' looks wrong. "
                + MisreadWord.Advice(words.OddOne, words.Encoding)
            : other is { IsOdd: false } && other.Text != words.Text
            ? $"it is not Unicode, and was read as {name}. If '{words.Text}' should be '{other.Text}', say so: "
                + FormattableString.Invariant($"-Encoding {other.Encoding.CodePage}.")
            : null;
        return new CsvEncoding(words.Encoding, name, doubt);
    }

    private static bool IsText(Stream file, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        file.Position = 0;
        try
        {
            using var reader = new StreamReader(file, strict, false, 4096, leaveOpen: true);
            var buffer = new char[4096];
            while (reader.Read(buffer, 0, buffer.Length) > 0)
            {
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int ReadFully(Stream file, byte[] buffer)
    {
        file.Position = 0;
        var length = 0;
        while (length < buffer.Length && file.Read(buffer, length, buffer.Length - length) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }

    private static Bytes Count(Stream file)
    {
        file.Position = 0;
        var found = new Bytes();
        var buffer = new byte[1 << 16];
        while (file.Read(buffer, 0, buffer.Length) is > 0 and var length)
        {
            found.Add(buffer, length);
        }

        return found;
    }

    /// <summary>The counts of bytes by which the encoding of a file is found.</summary>
    private sealed class Bytes
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

        public void Add(byte[] buffer, int length)
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

    /// <summary>How the words of a file look in a code page.</summary>
    private sealed class Words(Encoding encoding)
    {
        private readonly bool _isLatin = encoding.CodePage is Western or 1250 or 1254 or 1257 or 28591 or 28605;
        private long _all;
        private long _pairs;
        private string? _oddOne;

        public Encoding Encoding => encoding;

        public long Odd { get; private set; }

        /// <summary>Gets a value indicating whether so many words look wrong that it is hardly the code page.</summary>
        public bool IsOdd => Odd * 10 >= _all || IsMassed;

        /// <summary>Gets the first word that looks wrong.</summary>
        public string OddOne => _oddOne ?? Text;

        /// <summary>Gets the first word that is not ASCII.</summary>
        public string Text { get; private set; } = string.Empty;

        // Latin letters with accents, and signs, one beside the other: those of another alphabet.
        private bool IsMassed => _all > 3 && _pairs * 10 > _all * 6;

        public static Words Read(Stream file, Encoding encoding)
        {
            file.Position = 0;
            var found = new Words(encoding);
            using var reader = new StreamReader(file, encoding, false, 1 << 16, leaveOpen: true);
            var recent = new StringBuilder();
            var (before, letter) = (' ', ' ');
            var (isForeign, isOdd) = (false, false);
            while (true)
            {
                var read = reader.Read();
                var after = read < 0 ? ' ' : (char)read;
                if (letter >= 0x80)
                {
                    found._all++;
                    found._pairs += found._isLatin && MisreadWord.IsPair(letter, after) ? 1 : 0;
                    if (MisreadWord.IsOdd(before, letter, after))
                    {
                        found.Odd++;
                        isOdd = true;
                    }

                    isForeign = true;
                }

                // A word is known when it has ended.
                if (after is ',' or ';' or '\t' or '|' or '"' or '\r' or '\n' or ' ' || recent.Length >= LongestWord)
                {
                    if (isForeign)
                    {
                        found.Add(recent.ToString(), isOdd);
                    }

                    recent.Clear();
                    (isForeign, isOdd) = (false, false);
                }
                else
                {
                    recent.Append(after);
                }

                if (read < 0)
                {
                    return found;
                }

                (before, letter) = (letter, after);
            }
        }

        private void Add(string word, bool isOdd)
        {
            if (!isOdd
                && ((_isLatin && MisreadWord.HasSigns(word))
                    || (encoding.CodePage == Western && MisreadWord.LooksEastern(word))))
            {
                Odd++;
                isOdd = true;
            }

            Text = Text.Length > 0 ? Text : word;
            _oddOne ??= isOdd ? word : null;
        }
    }
}
