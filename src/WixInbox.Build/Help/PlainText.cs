using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace WixInbox.Build.Help;

/// <summary>Reads Markdown and takes the marks out of it.</summary>
internal static class PlainText
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>Reads a page.</summary>
    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, s_pipeline);

    /// <summary>Gets blocks as plain text. Comments are left out.</summary>
    public static IEnumerable<TextBlock> Of(IEnumerable<Block> blocks) => blocks.SelectMany(block => Of(block, 0));

    /// <summary>Gets a line as plain text.</summary>
    public static string Of(ContainerInline? inlines) =>
        inlines is null ? string.Empty : string.Concat(inlines.Select(Of)).Trim();

    /// <summary>Gets a line of Markdown as plain text.</summary>
    public static string OfLine(string markdown) => string.Join(" ", Of(Parse(markdown)).Select(block => block.Text));

    private static IEnumerable<TextBlock> Of(Block block, int depth) => block switch
    {
        HeadingBlock heading => [new TextBlock(TextKind.Heading, Of(heading.Inline), heading.Level)],
        ParagraphBlock paragraph => [new TextBlock(TextKind.Paragraph, Of(paragraph.Inline))],
        CodeBlock code => [new TextBlock(TextKind.Code, code.Lines.ToString())],
        ListBlock list => list.OfType<ListItemBlock>()
            .SelectMany((item, index) => Of(item, list.IsOrdered ? $"{index + 1}. " : "- ", depth + 1)),
        Table table => table.OfType<TableRow>().Where(row => !row.IsHeader).SelectMany(row => Of(row, depth)),
        ContainerBlock container => container.SelectMany(child => Of(child, depth)),
        _ => [],
    };

    private static IEnumerable<TextBlock> Of(ListItemBlock item, string mark, int depth)
    {
        var blocks = item.SelectMany(child => Of(child, depth)).ToArray();
        return blocks.Select((block, index) => index == 0 && block.Kind == TextKind.Paragraph
            ? new TextBlock(TextKind.Item, mark + block.Text, depth)
            : block);
    }

    // There is no room for columns: what a row is about, and what is said of that.
    private static IEnumerable<TextBlock> Of(TableRow row, int depth)
    {
        var cells = row.OfType<TableCell>().Select(cell => string.Join(" ", Of(cell).Select(block => block.Text)))
            .Where(cell => cell.Length > 0).ToArray();
        return cells.Length == 0
            ? []
            : [new TextBlock(TextKind.Item, $"- {cells[0]}: {string.Join(" ", cells[1..])}", depth + 1)];
    }

    private static string Of(Inline inline) => inline switch
    {
        CodeInline code => code.Content,
        LiteralInline literal => literal.Content.ToString(),
        AutolinkInline address => address.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        ContainerInline container => string.Concat(container.Select(Of)),
        _ => string.Empty,
    };
}
