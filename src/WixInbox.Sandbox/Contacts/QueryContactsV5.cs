using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// POST /contacts/v5/contacts/query, and GET with the whole request in <c>.r</c>, as the official SDK asks. Pages by
/// cursor, newest contact first unless told otherwise.
/// </summary>
internal static class QueryContactsV5
{
    public static Answer Handle(JsonElement body, ContactBook contacts)
    {
        var violations = new Violations();
        InputObject? query = new InputObject(body, string.Empty, violations).Object("query", optional: false);
        InputObject? paging = query?.Object("cursorPaging");
        var limit = paging?.Int32("limit", 0, FieldLimits.ContactPageSizeV5) ?? 0;
        var cursorText = paging?.Text("cursor", max: FieldLimits.Cursor);
        InputObject[] sorts = [.. query?.Objects("sort", 0, FieldLimits.SortsV5) ?? []];
        var sort = sorts.FirstOrDefault();
        var sortField = sort?.Text("fieldName", max: FieldLimits.SortFieldName);
        if (violations.Any || query is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        // A cursor stands for the whole list. Our choice: what else the query has is not looked at.
        var (filterText, ascending, field, start) =
            (query.Raw("filter")?.GetRawText() ?? "{}", sort is not null, sortField ?? ContactSort.CreatedDate, 0);
        if (!string.IsNullOrEmpty(cursorText))
        {
            if (Decode(cursorText!) is not { } cursor)
            {
                violations.Add("query.cursorPaging.cursor", ViolatedRule.Format, "is not a cursor of this list.");
                return ErrorAnswers.Invalid(violations);
            }

            (filterText, ascending, field, start) = cursor;
        }
        else if (sort is not null
            && (sortField is not (ContactSort.CreatedDate or ContactSort.UpdatedDate)
                || sort.Enum("order", EnumNames.SortOrder) == "DESC"))
        {
            // The types know these two, ascending alone.
            violations.Add("query.sort", null, $"There is no sorting by {sortField} in this order.");
            return ErrorAnswers.Invalid(violations);
        }

        using JsonDocument filterJson = JsonDocument.Parse(filterText);
        if (ContactFilter.Read(filterJson.RootElement, ContactField.V5, out var filter) is FilterRefusal refused)
        {
            return refused.ToAnswerV5();
        }

        Contact[] found =
        [
            .. ContactSort.Apply(
                contacts.Candidates(filter.NamedAddresses, filter.NamedIds).Where(filter.Holds), field, ascending),
        ];

        // A limit of 0 is in proto the same as none: our choice, as for List Messages.
        var size = limit == 0 ? FieldLimits.DefaultContactPageSize : limit;
        Contact[] page = [.. found.Skip(start).Take(size)];
        var cursors = new JsonObject();
        var hasNext = start + page.Length < found.Length;
        if (hasNext)
        {
            cursors["next"] = Encode(filterText, ascending, field, start + page.Length);
        }

        if (start > 0)
        {
            cursors["prev"] = Encode(filterText, ascending, field, Math.Max(0, start - size));
        }

        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["contacts"] = new JsonArray([.. page.Select(contact => (JsonNode)contact.ToJsonV5())]),
            ["pagingMetadata"] =
                new JsonObject { ["count"] = page.Length, ["cursors"] = cursors, ["hasNext"] = hasNext },
        }));
    }

    // Our choice: a cursor says how many contacts come before its page.
    private static string Encode(string filter, bool ascending, string field, int start) => QueryString.ToBase64Url(
        Encoding.UTF8.GetBytes(string.Join(
            "\n", start.ToString(CultureInfo.InvariantCulture), ascending ? "ASC" : "DESC", field, filter)));

    private static (string Filter, bool Ascending, string Field, int Start)? Decode(string text)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(QueryString.FromBase64Url(text)).Split(['\n'], 4);
            return parts.Length == 4
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? (parts[3], parts[1] == "ASC", parts[2], start)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
