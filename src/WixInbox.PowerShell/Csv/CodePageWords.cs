using System.Text;

namespace WixInbox.Csv;

/// <summary>How the words of a file look in a code page.</summary>
internal sealed class CodePageWords(Encoding encoding)
{
    private const int Longest = 20;

    private readonly bool _isLatin =
        encoding.CodePage is CsvEncoding.Western or 1250 or 1254 or 1257 or 28591 or 28605;

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
    private bool IsMassed => _all > 3 && _pairs * 2 > _all;

    /// <summary>Reads the words of a file.</summary>
    /// <param name="file">The file, which is read from its beginning to its end.</param>
    /// <param name="encoding">The code page.</param>
    public static CodePageWords Read(Stream file, Encoding encoding)
    {
        file.Position = 0;
        var found = new CodePageWords(encoding);
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
            if (after is ',' or ';' or '\t' or '|' or '"' or '\r' or '\n' or ' ' || recent.Length >= Longest)
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
                || (encoding.CodePage == CsvEncoding.Western && MisreadWord.LooksEastern(word))))
        {
            Odd++;
            isOdd = true;
        }

        Text = Text.Length > 0 ? Text : word;
        _oddOne ??= isOdd ? word : null;
    }
}
