using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>POST /contacts/v4/contacts/query.</summary>
internal static class QueryContacts
{
    public static Answer Handle(JsonElement body, ContactBook contacts)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var search = request.Text("search", max: FieldLimits.Search);
        InputObject? query = request.Object("query");
        InputObject? paging = query?.Object("paging");
        var limit = paging?.Int32("limit", int.MinValue, int.MaxValue) ?? 0;
        var offset = paging?.Int32("offset", 0, int.MaxValue) ?? 0;

        // The reference has them in the query, and the official SDK sends them beside it. Our choice: both are read.
        var fields = new ContactFields();
        fields.Read(request);
        if (query is not null)
        {
            fields.Read(query);
        }

        // The REST reference's default order is createdDate ascending; the SDK's is descending.
        InputObject? sort = query?.Objects("sort", 0, FieldLimits.Sorts).FirstOrDefault();
        var sortField = sort is null ? ContactSort.CreatedDate : sort.Text("fieldName", min: 1, optional: false);
        var ascending = sort?.Enum("order", EnumNames.SortOrder) != "DESC";
        if (violations.Any || sortField is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        if (limit is < 0 or > FieldLimits.ContactPageSize)
        {
            return Refused("ILLEGAL_LIMIT", $"query.paging.limit is 1-{FieldLimits.ContactPageSize}, not {limit}.");
        }

        if (!ContactSort.IsKnownToV4(sortField))
        {
            return Refused("UNSUPPORTED_SORT_FIELD", $"There is no sorting by {sortField}.");
        }

        if (ContactFilter.Read(query?.Raw("filter"), ContactField.V4, out var filter) is FilterRefusal refused)
        {
            return refused.ToAnswerV4();
        }

        IEnumerable<string> searched = string.IsNullOrEmpty(search) ? [] : [search!];
        Contact[] found =
        [
            .. contacts.Candidates(filter.NamedAddresses.Concat(searched), filter.NamedIds)
                .Where(
                    contact => filter.Holds(contact) && (string.IsNullOrEmpty(search) || IsFoundBy(contact, search!))),
        ];

        // A limit of 0 is in proto the same as none: our choice, as for List Messages.
        Contact[] page =
        [
            .. ContactSort.Apply(found, sortField, ascending)
                .Skip(offset)
                .Take(limit == 0 ? FieldLimits.DefaultContactPageSize : limit),
        ];
        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["contacts"] = new JsonArray([.. page.Select(contact => (JsonNode)fields.Of(contact))]),
            ["pagingMetadata"] = new JsonObject
            {
                ["count"] = page.Length,
                ["offset"] = offset,
                ["total"] = found.Length,
                ["tooManyToCount"] = false,
            },
        }));
    }

    // Documented as an exact match with these four. Our choice: of the whole value, in any case.
    private static bool IsFoundBy(Contact contact, string search) =>
        new[] { contact.FirstName, contact.LastName }
            .Concat(contact.Emails)
            .Concat(contact.Phones)
            .Contains(search, StringComparer.OrdinalIgnoreCase);

    private static Answer Refused(string code, string description) =>
        ErrorAnswers.Application((int)HttpStatusCode.BadRequest, code, description);
}
