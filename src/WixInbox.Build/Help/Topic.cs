using System.Text;

namespace WixInbox.Build.Help;

/// <summary>A page about_*.md, which Get-Help shows as a text.</summary>
internal sealed class Topic
{
    // What Get-Help and a console of the usual width show in one piece.
    private const int Width = 80;
    private const int Indent = 4;
    private const string ShortDescription = "Short description";

    private readonly string _path;

    private Topic(string path)
    {
        _path = path;
        Name = Path.GetFileNameWithoutExtension(path);
        Text = TextOf([.. PlainText.Of(PlainText.Parse(File.ReadAllText(path)))]);
    }

    public string Name { get; }

    /// <summary>Gets the text, in lines of at most 80 characters.</summary>
    public string Text { get; }

    /// <summary>Reads all topics.</summary>
    /// <param name="folder">The folder of the pages.</param>
    public static List<Topic> ReadAll(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "about_*.md").Order(StringComparer.Ordinal)
                .Select(path => new Topic(path)),
        ];

    /// <summary>Writes the text as Get-Help finds it.</summary>
    /// <param name="folder">The folder of the module's help.</param>
    public void Write(string folder) =>
        File.WriteAllText(
            Path.Combine(folder, Name + ".help.txt"), Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private string TextOf(TextBlock[] blocks)
    {
        if (
            blocks is not [
                { Kind: TextKind.Heading, Level: 1 } title,
                { Kind: TextKind.Heading, Text: ShortDescription },
                { Kind: TextKind.Paragraph } summary,
                { Kind: TextKind.Heading, Level: 2 },
                ..,
            ]
                || title.Text != Name)
        {
            throw new HelpException(
                _path,
                $"It does not begin with \"# {Name}\", \"## {ShortDescription}\", one paragraph and another section.");
        }

        // A list of topics shows the fifth line of each.
        if (summary.Text.Length > Width - Indent)
        {
            throw new HelpException(_path, $"Its short description has more than {Width - Indent} characters.");
        }

        var text = new StringBuilder($"TOPIC\n    {Name}\n\n");
        var wasItem = false;
        foreach (var block in blocks[1..])
        {
            // Items stand together, and everything else for itself.
            if (wasItem && block.Kind != TextKind.Item)
            {
                text.Append('\n');
            }

            wasItem = block.Kind == TextKind.Item;
            switch (block.Kind)
            {
                case TextKind.Heading:
                    Wrap(
                        text,
                        block.Level == 2 ? block.Text.ToUpperInvariant() : block.Text,
                        block.Level == 2 ? 0 : 2,
                        2);
                    break;
                case TextKind.Code:
                    text.AppendJoin(
                        string.Empty,
                        block.Text.Split('\n')
                            .Select(line => $"{new string(' ', Indent * 2)}{line}".TrimEnd() + "\n")).Append('\n');
                    break;
                case TextKind.Item:
                    Wrap(
                        text,
                        block.Text,
                        Indent * block.Level,
                        (Indent * block.Level) + block.Text.IndexOf(' ', StringComparison.Ordinal) + 1);
                    break;
                default:
                    Wrap(text, block.Text, Indent, Indent);
                    text.Append('\n');
                    break;
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Wrap(StringBuilder text, string line, int first, int others)
    {
        var column = 0;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
                first = others;
            }

            var gap = column == 0 ? first : 1;
            text.Append(' ', gap).Append(word);
            column += gap + word.Length;
        }

        text.Append('\n');
    }
}
