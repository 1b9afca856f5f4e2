using Remit.Modules.Duties.Complexity;

namespace Remit.Tests.Duties;

public sealed class Duty_complexity
{
    [Fact]
    public void Judgements_that_agree_give_exact_weights()
    {
        var pairs = new PairwiseComparison(3).Judge(0, 1, 2).Judge(1, 2, 2).Judge(0, 2, 4);
        Assert.Equal([4 / 7.0, 2 / 7.0, 1 / 7.0], pairs.Weights(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(0, pairs.ConsistencyRatio(), 9);
    }

    [Fact]
    public void A_circle_of_judgements_is_inconsistent() =>
        Assert.True(
            new PairwiseComparison(3).Judge(0, 1, 3).Judge(1, 2, 3).Judge(2, 0, 3).ConsistencyRatio()
                > PairwiseComparison.TolerableInconsistency
        );

    [Fact]
    public void Saatys_own_kind_of_example_comes_out_as_in_his_table()
    {
        var pairs = new PairwiseComparison(3).Judge(0, 1, 3).Judge(0, 2, 5).Judge(1, 2, 3);
        Assert.Equal([0.637, 0.258, 0.105], pairs.Weights(), (a, b) => Math.Abs(a - b) < 0.001);
        Assert.Equal(0.033, pairs.ConsistencyRatio(), 0.001);
    }

    [Fact]
    public void A_pair_nobody_judged_follows_from_the_others()
    {
        var pairs = new PairwiseComparison(3).Judge(0, 1, 2).Judge(1, 2, 2);
        Assert.Equal(1, pairs.PairsLeft);
        Assert.Equal(4, pairs.Weights()[0] / pairs.Weights()[2], 6);
    }

    [Fact]
    public void Duties_nobody_compared_weigh_the_same() => Assert.All(new PairwiseComparison(4).Weights(), w => Assert.Equal(0.25, w, 9));

    [Fact]
    public void A_judgement_beyond_nine_times_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairwiseComparison(2).Judge(0, 1, 10));

    [Theory]
    [InlineData(1, 1, 1, 5, 1)]
    [InlineData(5, 5, 5, 1, 5)]
    [InlineData(3, 3, 3, 3, 3)]
    [InlineData(4, 3, 4, 3, 4)]
    public void More_routine_makes_a_duty_simpler(int knowledge, int responsibility, int communication, int routine, int grade) =>
        Assert.Equal(grade, CriteriaGrade.Even(knowledge, responsibility, communication, routine).Grade);

    [Theory]
    [InlineData(1, 60, 6)]
    [InlineData(5, 60, 12)]
    [InlineData(3, 25, 4)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 0, 0)]
    public void Points_grow_with_time_and_grade(int grade, int minutes, int points) => Assert.Equal(points, Points.From(grade, minutes));

    [Fact]
    public void Points_from_a_weight_are_relative_to_the_average_duty() => Assert.Equal(9, Points.From(0.15, 10, 60));
}
