using System.Globalization;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace WixInbox.Build.Help;

/// <summary>The page of a cmdlet: what a person wrote of it.</summary>
internal sealed class CmdletPage
{
    // The last two are the facts, which come from the cmdlet and are written there for those who read the page itself.
    private static readonly string[] s_sections =
    [
        "Description", "Examples", "Inputs", "Outputs", "Notes", "Related", FactsSection.Syntax,
        FactsSection.Parameters,
    ];

    private readonly Dictionary<string, Block[]> _sections;

    private CmdletPage(string path, string text, CmdletFacts cmdlet)
    {
        Path = path;
        Text = text;
        Cmdlet = cmdlet;
        var blocks = PlainText.Parse(text).ToArray();
        if (blocks is not [HeadingBlock { Level: 1 } title, ..] || PlainText.Of(title.Inline) != cmdlet.Name)
        {
            throw Lacks($"a first line \"# {cmdlet.Name}\"");
        }

        Synopsis = string.Join(" ", PlainText.Of(Before(blocks.Skip(1), level: 2)).Select(block => block.Text));
        _sections = Split(blocks, level: 2).ToDictionary(section => section.Title, section => section.Blocks);
        if (_sections.Keys.FirstOrDefault(section => !s_sections.Contains(section)) is { } unknown)
        {
            throw new HelpException(path, $"There is no place for the section \"{unknown}\".");
        }

        Description = Section("Description");
        Examples = [.. Split(Blocks("Examples"), level: 3).Select(ExampleOf)];
        Inputs = Types("Inputs");
        Outputs = Types("Outputs");
        Notes = Section("Notes");
        Related =
        [
            .. Items("Related").Select(item => item.Inline?.OfType<LinkInline>().FirstOrDefault()
                ?? throw Lacks("a link in an item of Related")).Select(LinkOf),
        ];
    }

    public string Path { get; }

    /// <summary>Gets the page as it is.</summary>
    public string Text { get; }

    public CmdletFacts Cmdlet { get; }

    public string Synopsis { get; }

    public IReadOnlyList<TextBlock> Description { get; }

    public IReadOnlyList<Example> Examples { get; }

    public IReadOnlyList<TypeNote> Inputs { get; }

    public IReadOnlyList<TypeNote> Outputs { get; }

    public IReadOnlyList<TextBlock> Notes { get; }

    public IReadOnlyList<RelatedLink> Related { get; }

    /// <summary>Reads the page of each cmdlet.</summary>
    /// <param name="folder">The folder of the pages.</param>
    /// <param name="module">The module.</param>
    public static List<CmdletPage> ReadAll(string folder, ModuleFacts module)
    {
        var pages =
            module.Cmdlets.Select(cmdlet => Read(System.IO.Path.Combine(folder, cmdlet.Name + ".md"), cmdlet)).ToList();
        var unknown = Directory.EnumerateFiles(folder, "*-*.md")
            .FirstOrDefault(file => pages.TrueForAll(page => page.Path != file));
        return unknown is null ? pages : throw new HelpException(unknown, "The module has no cmdlet of this name.");
    }

    /// <summary>Writes into the page what the cmdlet says of itself.</summary>
    public void WriteFacts()
    {
        var text = FactsSection.Into(Text, Cmdlet);
        if (text != Text)
        {
            File.WriteAllText(Path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    private static CmdletPage Read(string path, CmdletFacts cmdlet) =>
        File.Exists(path)
            ? new CmdletPage(path, File.ReadAllText(path).ReplaceLineEndings("\n"), cmdlet)
            : throw new HelpException(path, $"{cmdlet.Name} has no page.");

    private static Block[] Before(IEnumerable<Block> blocks, int level) =>
        [.. blocks.TakeWhile(block => block is not HeadingBlock heading || heading.Level > level)];

    private static IEnumerable<(string Title, Block[] Blocks)> Split(Block[] blocks, int level) =>
        blocks.Index()
            .Where(entry => entry.Item is HeadingBlock heading && heading.Level == level)
            .Select(entry =>
                (PlainText.Of(((HeadingBlock)entry.Item).Inline), Before(blocks.Skip(entry.Index + 1), level)));

    private static RelatedLink LinkOf(LinkInline link) =>
        new(PlainText.Of(link), link.Url!.StartsWith("https:", StringComparison.Ordinal) ? link.Url : null);

    private HelpException Lacks(string what) => new(Path, $"It needs {what}.");

    private Block[] Blocks(string section) => _sections.TryGetValue(section, out var blocks) && blocks.Length > 0
        ? blocks
        : throw Lacks($"a section \"## {section}\"");

    private TextBlock[] Section(string section) => [.. PlainText.Of(Blocks(section))];

    private IEnumerable<ParagraphBlock> Items(string section) =>
        Blocks(section).OfType<ListBlock>().SelectMany(list => list).Cast<ListItemBlock>()
            .Select(item => item.OfType<ParagraphBlock>().First());

    private TypeNote[] Types(string section) => [.. Items(section).Select(item =>
    {
        var text = PlainText.Of(item.Inline);
        return item.Inline?.FirstChild is CodeInline { Content: var type }
            && text.StartsWith(type + ": ", StringComparison.Ordinal)
            ? new TypeNote(type, CodeComments.Sentence(text[(type.Length + 2)..]))
            : throw Lacks($"a type, as in \"- `System.String`: which.\", in an item of {section}");
    })];

    private Example ExampleOf((string Title, Block[] Blocks) section, int index)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}: ");
        if (!section.Title.StartsWith(number, StringComparison.Ordinal)
            || section.Blocks is not [FencedCodeBlock { Info: "powershell" } code, ..])
        {
            throw Lacks($"a heading \"### {number}…\" with a block of powershell after it");
        }

        return new Example(
            section.Title[number.Length..], code.Lines.ToString(), [.. PlainText.Of(section.Blocks.Skip(1))]);
    }
}
