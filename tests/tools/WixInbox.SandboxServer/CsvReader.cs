using System.Text;

namespace WixInbox.SandboxServer;

/// <summary>Reads comma-separated text as RFC 4180 has it; lines may end in any of the usual ways.</summary>
internal static class CsvReader
{
    /// <summary>The records, each with the number of the line that it begins on. Empty lines are none.</summary>
    /// <exception cref="FormatException">A quotation mark is out of place or open at the end.</exception>
    public static List<(int Line, List<string> Fields)> Read(string text)
    {
        var records = new List<(int, List<string>)>();
        int position = 0;
        int line = 1;
        while (position < text.Length)
        {
            int start = line;
            int begin = position;
            var fields = new List<string>();
            do
            {
                fields.Add(ReadField(text, ref position, ref line));
            }
            while (Skip(text, ref position, ','));

            bool isEmpty = position == begin;
            if (Skip(text, ref position, '\r') | Skip(text, ref position, '\n'))
            {
                line++;
            }

            if (!isEmpty)
            {
                records.Add((start, fields));
            }
        }

        return records;
    }

    private static string ReadField(string text, ref int position, ref int line)
    {
        var field = new StringBuilder();
        int start = line;
        if (!Skip(text, ref position, '"'))
        {
            while (position < text.Length && text[position] is not (',' or '\r' or '\n'))
            {
                if (text[position] == '"')
                {
                    throw new FormatException($"Line {line}: a field that has a quotation mark in it must be quoted.");
                }

                field.Append(text[position++]);
            }

            return field.ToString();
        }

        while (true)
        {
            if (position == text.Length)
            {
                throw new FormatException($"Line {start}: the quoted field does not end.");
            }

            char letter = text[position++];
            if (letter == '"' && !Skip(text, ref position, '"'))
            {
                break;
            }

            line += letter == '\n' ? 1 : 0;
            field.Append(letter);
        }

        return position == text.Length || text[position] is ',' or '\r' or '\n'
            ? field.ToString()
            : throw new FormatException($"Line {line}: something follows a quoted field.");
    }

    private static bool Skip(string text, ref int position, char letter)
    {
        if (position == text.Length || text[position] != letter)
        {
            return false;
        }

        position++;
        return true;
    }
}
