using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Why a question went to this person.</summary>
public sealed record RouteWhy(
    string Key,
    string Person,
    string Product = "",
    int Load = 0,
    bool KnowsClient = false,
    string For = "",
    string By = ""
)
{
    public string Says(T t)
    {
        var said = t["question.why." + Key, ("person", For.Length > 0 ? For : Person), ("product", Product), ("n", Load), ("by", By)];
        if (KnowsClient)
            said += " " + t["question.why.client", ("person", For.Length > 0 ? For : Person)];
        return For.Length > 0 ? said + " " + t["question.why.stand_in", ("person", Person), ("other", For)] : said;
    }
}
